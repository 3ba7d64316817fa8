/* The page's words and the making of its parts. Texts are put in with textContent only: nothing
   that anybody wrote can become part of the page's code. */

const words = document.getElementById("words").dataset;
const status_ = document.getElementById("status");

/* The page's own words of that name, with `{…}` filled in. */
export function word(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function button(text, press, className) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", () => press(made));
  return made;
}

export function list(className, items) {
  const made = element("ul", className);
  for (const item of items) {
    const line = element("li");
    line.append(...[item].flat());
    made.append(line);
  }
  return made;
}

/* Say something above the text box; screen readers read it aloud. */
export function announce(text) {
  status_.textContent = text;
}

export function showWriting(writing) {
  if (writing) announce(word("writing"));
  else if (status_.textContent === word("writing")) announce("");
}
