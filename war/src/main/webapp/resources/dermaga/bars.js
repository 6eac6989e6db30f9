/* The length of a bar is set here, since the content security policy lets no page bring styles of its own. */
new MutationObserver((changes) => {
  for (const change of changes) {
    for (const added of change.addedNodes) {
      if (added.nodeType !== Node.ELEMENT_NODE) continue;
      if (added.dataset.percent) added.style.width = added.dataset.percent + '%';
      for (const bar of added.querySelectorAll('[data-percent]')) bar.style.width = bar.dataset.percent + '%';
    }
  }
}).observe(document, { childList: true, subtree: true });
