import type { CSSProperties } from 'react';

/**
 * Styles stand at their elements: a page need not import any, and a strict content security policy, under
 * which React sets them one by one, lets them pass. Colours are the system's, for light and dark.
 */
const TEXT: CSSProperties = { font: '12px/1.5 ui-monospace, monospace', color: 'CanvasText' };

export const CORNER: CSSProperties = {
  ...TEXT,
  position: 'fixed',
  insetBlockEnd: 8,
  insetInlineEnd: 8,
  zIndex: 2147483647,
  maxInlineSize: 'calc(100vw - 16px)',
};

export const PANEL: CSSProperties = {
  background: 'Canvas',
  border: '1px solid GrayText',
  borderRadius: 6,
  padding: 12,
  marginBlockEnd: 8,
  inlineSize: 640,
  maxInlineSize: '100%',
  maxBlockSize: '70vh',
  overflow: 'auto',
  boxSizing: 'border-box',
};

export const HEADING: CSSProperties = { font: 'inherit', fontWeight: 'bold', margin: '8px 0 4px' };

export const TABLE: CSSProperties = { borderCollapse: 'collapse', inlineSize: '100%' };

export const CELL: CSSProperties = {
  textAlign: 'start',
  fontWeight: 'normal',
  padding: '2px 8px 2px 0',
  verticalAlign: 'top',
  overflowWrap: 'anywhere',
};

export const BUTTON: CSSProperties = { font: 'inherit', marginInlineEnd: 8 };

export const FRAME: CSSProperties = { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' };
