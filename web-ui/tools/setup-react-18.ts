import { version } from 'react';
import { version as versionOfDom } from 'react-dom';

// Were the aliases of this project to miss, its tests would try the newest React once more.
for (const found of [version, versionOfDom]) {
  if (!found.startsWith('18.2.'))
    throw new Error(`These tests are about React 18.2, not ${found}.`);
}
