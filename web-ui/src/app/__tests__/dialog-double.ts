/** jsdom knows <dialog>, but not how to open it as a modal one. A real browser does the rest in the e2e tests. */
export function standInForModal(): void {
  HTMLDialogElement.prototype.showModal = function showModal(): void {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close(): void {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}
