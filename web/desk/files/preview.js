/* The preview of a change request: what the chat asks of its gateway, this page asks of the desk,
   which answers with the words of the draft. It runs before the chat's own script. */
(() => {
  const { api, asked, csrf } = document.currentScript.dataset;
  const plain = window.fetch.bind(window);
  window.fetch = (address, options = {}) => {
    const wanted = new URL(address, location.href);
    if (wanted.origin !== location.origin || !wanted.pathname.startsWith("/api/")) {
      return plain(address, options);
    }
    // Nothing is said here that was not asked for.
    if (wanted.pathname === "/api/stream") return Promise.resolve(new Response(null, { status: 404 }));
    const to = new URL(api + wanted.pathname, location.href);
    to.search = [wanted.search.slice(1), asked].filter(Boolean).join("&");
    return plain(to, {
      ...options,
      // The desk knows two methods.
      method: options.method === "GET" ? "GET" : "POST",
      credentials: "same-origin",
      // The chat gives up sooner than a draft may need that is read for the first time.
      signal: null,
      headers: { ...options.headers, "X-CSRF-Token": csrf },
    });
  };
})();
