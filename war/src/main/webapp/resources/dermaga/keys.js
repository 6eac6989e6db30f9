/* Shortcuts and dialogs of every page. Single keys can be switched off and are none of a field's
   (WCAG 2.1.4); the dialog is in the menu as well, for those who have switched them off. */
const Keys = {
  STORED: 'dermaga-keys',
  PATIENCE_MILLIS: 1500,
  begun: 0,

  isOn() { return localStorage.getItem(Keys.STORED) !== 'off'; },
  isWriting(target) {
    return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), select, textarea');
  },
  /* Where a key is meant for something else: a field, a dialog, a shortcut of the browser. */
  isForeign(event) {
    return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing
      || Keys.isWriting(event.target) || document.querySelector('dialog[open], .ui-dialog:not(.ui-hidden-container):not([aria-hidden=true])');
  },
  show() {
    document.getElementById('keys-on').checked = Keys.isOn();
    document.getElementById('keys').showModal();
  },
  /* A field to search in: that of the page, else that of a filter. */
  search() {
    const fields = [...document.querySelectorAll('main input[type=search], main input[type=text]')];
    const field = fields.find((one) => one.checkVisibility());
    if (field) field.focus();
    return field;
  },
  go(key) {
    const row = document.querySelector('[data-keys="g ' + CSS.escape(key) + '"]');
    const link = row && document.getElementById(row.dataset.go);
    if (link) location.href = link.href;
    return link;
  },
  act(key) {
    const follows = Date.now() - Keys.begun < Keys.PATIENCE_MILLIS;
    Keys.begun = 0;
    if (follows) return Keys.go(key);
    if (key === 'g') { Keys.begun = Date.now(); return true; }
    if (key === '?') { Keys.show(); return true; }
    if (key === '/') return Keys.search();
    const live = key === 'p' && document.getElementById('live');
    if (live) live.click();
    return live;
  },
  pressed(event) {
    if (event.key.length === 1 && Keys.isOn() && !Keys.isForeign(event) && Keys.act(event.key)) event.preventDefault();
  },
  help(button) {
    const text = document.querySelector('[data-help-of="' + CSS.escape(button.dataset.help) + '"]');
    if (!text) return;
    document.getElementById('help-title').textContent = button.dataset.help;
    document.getElementById('help-text').replaceChildren(...[...text.childNodes].map((node) => node.cloneNode(true)));
    document.getElementById('help').showModal();
  },
  ready() {
    document.addEventListener('keydown', Keys.pressed);
    document.addEventListener('click', (event) => {
      if (event.target.closest('#nav-keys')) {
        event.target.closest('.menu').open = false;
        Keys.show();
        return;
      }
      const help = event.target.closest('[data-help]');
      if (help) Keys.help(help);
    });
    document.addEventListener('change', (event) => {
      if (event.target.id === 'keys-on') localStorage.setItem(Keys.STORED, event.target.checked ? 'on' : 'off');
    });
  }
};
Keys.ready();
