/* The length of a bar is set here, since the content security policy lets no page bring styles of its own. */
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const added of change.addedNodes) {
      if (added.nodeType !== Node.ELEMENT_NODE) continue;
      if (added.dataset.from) added.style.marginLeft = added.dataset.from + '%';
      for (const bar of added.querySelectorAll('[data-from]')) bar.style.marginLeft = bar.dataset.from + '%';
      if (added.dataset.percent) added.style.width = added.dataset.percent + '%';
      for (const bar of added.querySelectorAll('[data-percent]')) bar.style.width = bar.dataset.percent + '%';
      if (added.dataset.depth) added.style.paddingLeft = added.dataset.depth * 1.2 + 'em';
      for (const row of added.querySelectorAll('[data-depth]')) row.style.paddingLeft = row.dataset.depth * 1.2 + 'em';
    }
  }
}).observe(document, { childList: true, subtree: true });
