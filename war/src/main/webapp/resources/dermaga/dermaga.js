/* Live pages: pull when the server says that there is something new, poll when it cannot say so. */
const Dermaga = {
  paused: false,
  leaving: false,
  pulling: false,
  missed: false,
  open: false,
  pressed: null,

  show() {
    const live = document.getElementById('live');
    if (!live) return;
    live.dataset.state = Dermaga.paused ? 'paused' : Dermaga.open ? 'push' : 'poll';
    live.setAttribute('aria-pressed', String(Dermaga.paused));
    live.title = Dermaga.paused ? live.dataset.resume : live.dataset.pause;
    const poll = PrimeFaces.widgets.poll;
    if (poll) {
      if (Dermaga.paused || Dermaga.open) poll.stop();
      else if (!poll.isActive()) poll.start();
    }
  },
  opened() { Dermaga.open = true; Dermaga.show(); Dermaga.pull(); },
  closed() { Dermaga.open = false; Dermaga.show(); },
  /* A push after an error means that the socket is open again. */
  pushed() { if (!Dermaga.open) { Dermaga.open = true; Dermaga.show(); } if (!Dermaga.paused) Dermaga.pull(); },

  /* One pull at a time; what happens meanwhile leads to one more. */
  pull() {
    if (Dermaga.pulling) { Dermaga.missed = true; return; }
    if (document.hidden) { Dermaga.missed = true; return; }
    // the nonce that every request carries is set late while the page loads; and a reader who has
    // just turned the page or sorted goes first
    if (!PrimeFaces.csp.NONCE_VALUE || !PrimeFaces.ajax.Queue.isEmpty()) {
      if (!Dermaga.missed) setTimeout(() => { if (Dermaga.missed && !Dermaga.paused) { Dermaga.missed = false; Dermaga.pull(); } }, 300);
      Dermaga.missed = true;
      return;
    }
    Dermaga.fetch();
  },
  fetch() {
    Dermaga.pulling = true;
    Dermaga.missed = false;
    Dermaga.pullTable();
    dermagaPull();
  },
  pulled() {
    Dermaga.pulling = false;
    Dermaga.draw();
    Dermaga.label();
    Dermaga.mark();
    if (!Dermaga.open && PrimeFaces.ajax.Queue.isEmpty()) Dermaga.pullTable();
    if (Dermaga.missed && !Dermaga.paused) setTimeout(() => { if (Dermaga.missed) Dermaga.pull(); }, 500);
  },
  /* Only the rows of the shown page: filters keep what is being typed into them. */
  pullTable() {
    const table = PrimeFaces.widgets.table;
    const pages = table && table.getPaginator && table.getPaginator();
    if (pages) table.paginate(pages.getCurrentPage ? { first: pages.cfg.page * pages.cfg.rows, rows: pages.cfg.rows, page: pages.cfg.page } : {});
  },

  /* On a phone a row is a list of its facts, each with the heading of its column; headings are not
     sent again with each push. */
  label() {
    for (const table of document.querySelectorAll('table.stacks')) {
      const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
      for (const row of table.tBodies[0].rows) {
        [...row.cells].forEach((cell, i) => { cell.dataset.label = headings[i]; });
      }
    }
  },

  /* Rows that the reader has picked, by id: they stay picked while the table is drawn anew. */
  picks: new Set(),
  boxes() { return [...document.querySelectorAll('input.pick')]; },
  mark() {
    const boxes = Dermaga.boxes();
    if (!boxes.length && !document.getElementById('letters') && !document.getElementById('messages')) Dermaga.picks.clear();
    for (const box of boxes) box.checked = Dermaga.picks.has(box.dataset.letter);
    const here = boxes.filter((box) => box.checked).length;
    // what is exported stays picked when newer rows have moved it off the page
    const picked = document.getElementById('exports') ? Dermaga.picks.size : here;
    const all = document.getElementById('pick-all');
    if (all) { all.checked = here > 0 && here === boxes.length; all.indeterminate = here > 0 && here < boxes.length; }
    for (const button of document.querySelectorAll('[data-needs-picks]')) {
      button.disabled = picked === 0;
      button.querySelector('.pick-count').textContent = picked ? '(' + picked + ')' : '';
    }
  },
  pick(box) {
    const boxes = box.id === 'pick-all' ? Dermaga.boxes() : [box];
    for (const one of boxes) Dermaga.picks[box.checked ? 'add' : 'delete'](one.dataset.letter);
    Dermaga.mark();
  },
  /* What is picked as a file; a link, since a form would leave the page. */
  download(address) {
    const link = document.createElement('a');
    link.href = address + '&ids=' + encodeURIComponent([...Dermaga.picks].join(','));
    link.download = '';
    link.click();
  },
  /* Asks before something is done. What it is done to is sent along, since the rows may have moved
     until the answer. */
  ask(button) {
    const picked = Dermaga.boxes().filter((box) => box.checked).map((box) => box.dataset.letter);
    const send = (id, value) => { const field = document.getElementById(id); if (field) field.value = value; };
    send('picked', button.dataset.one || picked.join(','));
    send('until', button.dataset.until || '');
    for (const count of document.querySelectorAll('.ask-count')) count.textContent = button.dataset.count || String(picked.length);
    PF(button.dataset.ask).show();
  },
  /* What the reader has typed and could not be saved stays before his eyes. */
  saved() { const edit = document.getElementById('edit'); if (edit) edit.open = edit.dataset.typed === 'true'; },
  /* What came of the reader's own action is shown on a paused page as well. */
  answered() { Dermaga.picks.clear(); Dermaga.mark(); Dermaga.fetch(); },

  /* On a phone the chosen framing is below the list; the list itself must not jump. */
  chosen() {
    const here = document.querySelector('.misfits .trial.here');
    if (here) here.closest('details').open = true;
    const shown = document.getElementById('chosen-framing');
    if (shown && shown.getBoundingClientRect().top > innerHeight - 120) shown.scrollIntoView();
  },
  /* The clipboard is there on a secure page only; a selection can be copied everywhere. */
  async copy(button) {
    const source = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(source);
    try { await navigator.clipboard.writeText(source.textContent); }
    catch { if (!document.execCommand('copy')) return; }
    const label = button.querySelector('span');
    const before = label.textContent;
    label.setAttribute('role', 'status');
    label.textContent = button.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2000);
  },

  /* Whoever closes a menu by a key is where he was before. */
  closeMenus(isByKey) {
    for (const menu of document.querySelectorAll('.menu[open]')) {
      menu.open = false;
      if (isByKey) menu.querySelector('summary').focus();
    }
  },

  palette() {
    const css = getComputedStyle(document.documentElement);
    const of = (name) => css.getPropertyValue(name).trim();
    return { lines: [1, 2, 3, 4, 5, 6].map((n) => of('--line-' + n)), text: of('--quiet'), grid: of('--edge') };
  },
  number(value) {
    const language = document.documentElement.lang;
    return new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
  },
  size(value) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return Dermaga.number(value) + ' ' + units[unit];
  },
  /* Extender of every p:chart; "this" is the widget. */
  chart() {
    const write = this.cfg.widgetVar === 'bytes' ? Dermaga.size : Dermaga.number;
    this.cfg.config.options = {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      elements: { point: { radius: 0, hitRadius: 8 }, line: { borderWidth: 1.6, tension: 0.25 } },
      scales: {
        x: { type: 'linear', min: -300, max: 0, grid: {}, border: { display: false },
          ticks: { stepSize: 60, callback: (s) => s === 0 ? '0' : '−' + (-s / 60) + ' min' } },
        y: { beginAtZero: true, suggestedMax: 1, grid: {}, border: { display: false },
          ticks: { maxTicksLimit: 5, callback: write } }
      },
      plugins: {
        legend: { labels: { boxWidth: 10, boxHeight: 2 } },
        tooltip: { callbacks: { title: (items) => items.length ? items[0].parsed.x + ' s' : '', label: (item) => item.dataset.label + ': ' + write(item.parsed.y) } }
      }
    };
    Dermaga.paint(this.cfg.config.options);
  },
  /* Options of a chart in the colours of the theme that is now shown. */
  paint({ scales, plugins }) {
    const colours = Dermaga.palette();
    for (const axis of [scales.x, scales.y]) { axis.grid.color = colours.grid; axis.ticks.color = colours.text; }
    plugins.legend.labels.color = colours.text;
  },
  charts() {
    return ['payloads', 'bytes', 'connections']
      .map((name) => [name, PrimeFaces.widgets[name] && PrimeFaces.widgets[name].chart])
      .filter(([, chart]) => chart);
  },
  repaint() {
    for (const [, chart] of Dermaga.charts()) Dermaga.paint(chart.options);
    Dermaga.draw();
  },
  draw() {
    const holder = document.getElementById('rates');
    if (!holder || !holder.dataset.rates) return;
    const rates = JSON.parse(holder.dataset.rates);
    const colours = Dermaga.palette();
    for (const [name, chart] of Dermaga.charts()) {
      chart.data.datasets = (rates[name] || []).map((line, i) => ({
        label: line.label,
        data: line.data.map((point) => ({ x: point[0], y: point[1] })),
        borderColor: colours.lines[i % colours.lines.length],
        backgroundColor: colours.lines[i % colours.lines.length]
      }));
      chart.update('none');
    }
  },

  ready() {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) PrimeFaces.disableAnimations();
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') Dermaga.closeMenus(true); });
    document.addEventListener('click', (event) => {
      if (!event.target.closest('.menu')) Dermaga.closeMenus(false);
      const live = event.target.closest('#live');
      if (live) {
        Dermaga.paused = !Dermaga.paused;
        Dermaga.show();
        if (!Dermaga.paused) Dermaga.pull();
        return;
      }
      const close = event.target.closest('[data-close]');
      if (close) {
        document.getElementById('close-id').value = close.dataset.close;
        document.getElementById('close-peer').textContent = close.dataset.peer;
        PF('confirmClose').show();
        return;
      }
      const ask = event.target.closest('[data-ask]');
      if (ask) { Dermaga.ask(ask); return; }
      const unlock = event.target.closest('[data-unlock]');
      if (unlock) { document.getElementById('unlocked').value = unlock.dataset.unlock; document.getElementById('unlock-do').click(); return; }
      const file = event.target.closest('[data-export]');
      if (file) { Dermaga.download(file.dataset.export); return; }
      const copy = event.target.closest('[data-copy]');
      if (copy) { Dermaga.copy(copy); return; }
      const cancel = event.target.closest('[data-cancel]');
      if (cancel) {
        document.getElementById('cancelled').value = cancel.dataset.cancel;
        dermagaCancel();
      }
    });
    document.addEventListener('change', (event) => {
      const changed = event.target;
      if (changed.closest('#filter select')) document.getElementById('filter').requestSubmit();
      else if (changed.matches('input.pick, #pick-all')) Dermaga.pick(changed);
      else if (changed.dataset.most) {
        const large = [...changed.files].some((file) => file.size > Number(changed.dataset.most));
        document.getElementById('too-large').hidden = !large;
        if (large) changed.value = '';
      }
    });
    // what was drawn anew between press and release is clicked all the same; what has moved away is not
    document.addEventListener('pointerdown', (event) => { Dermaga.pressed = event.target.closest('a, button, input'); });
    document.addEventListener('pointerup', (event) => {
      const pressed = Dermaga.pressed;
      const released = event.target.closest('a, button, input');
      Dermaga.pressed = null;
      if (pressed && !pressed.isConnected && released && released.isEqualNode(pressed)) {
        released.dispatchEvent(new MouseEvent('click', event));
      }
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && Dermaga.missed && !Dermaga.paused) Dermaga.pull();
    });
    // nothing is asked for once the page is being left
    addEventListener('beforeunload', () => { Dermaga.paused = true; Dermaga.leaving = true; });
    document.addEventListener('submit', (event) => { if (event.target.id === 'session') Dermaga.paused = true; });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', Dermaga.repaint);
    // a table that was drawn anew by itself, as when its page is turned
    $(document).on('pfAjaxComplete', Dermaga.mark);
    // a session that has ended answers with something else than an update: the page itself then
    // leads to the login; not more than once in half a minute, should the server be in trouble, and
    // never while the reader is on the way to another page, which a reload would take back
    $(document).on('pfAjaxError', (event, xhr) => {
      const last = Number(sessionStorage.getItem('dermaga-reloaded') || 0);
      if (!Dermaga.leaving && xhr && xhr.status > 0 && Date.now() - last > 30000) {
        sessionStorage.setItem('dermaga-reloaded', String(Date.now()));
        console.warn('no update, the page is opened anew: ' + xhr.status + ' ' + xhr.getResponseHeader('Content-Type'));
        location.reload();
      }
    });
    Dermaga.draw();
    Dermaga.label();
    Dermaga.mark();
    setTimeout(Dermaga.show, 3000);
  }
};
$(Dermaga.ready);
