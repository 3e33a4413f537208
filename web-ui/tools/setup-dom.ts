import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// React warns about every update outside act() where this is not set.
Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);
