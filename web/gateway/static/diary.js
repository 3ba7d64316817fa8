/* The key of this browser's exercise diary. It stays for this visit only, until the patient has
   said that Dorsi may remember. */

const KEY = "dorsi.diary";

/* A browser may be set to keep nothing for later: then each visit has a diary of its own. */
function forLater(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

/* The key of an earlier visit; null if there is none to remember. */
export const remembered = () => forLater((kept) => kept.getItem(KEY));

/* Hold the key that the gateway gave for this visit. */
export function hold(key) {
  if (!key) return;
  sessionStorage.setItem(KEY, key);
  // A key that the gateway did not take is of no use later either.
  if (remembered() !== key) forLater((kept) => kept.removeItem(KEY));
}

/* Keep the key for later visits, or drop it from there. */
export function remember(wanted) {
  const key = sessionStorage.getItem(KEY);
  forLater((kept) => (wanted && key ? kept.setItem(KEY, key) : kept.removeItem(KEY)));
}

/* The diary is erased: so is its key. */
export function drop() {
  sessionStorage.removeItem(KEY);
  forLater((kept) => kept.removeItem(KEY));
}
