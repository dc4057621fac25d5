// The search over the book's headings (headings.js lists them).
(function () {
  const search = document.querySelector(".search"), field = search.querySelector("input"), list = search.querySelector("ol"), status = search.querySelector("p");
  const most = 12;
  const plain = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const entries = bookHeadings.flatMap(page => page.headings.map(([id, text]) => ({ text, title: page.title, url: `${search.dataset.root}${page.url}#${id}`, own: plain(text), all: plain(`${text} ${page.title}`) })));

  function find() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    // Headings that have all words themselves come before those whose page's title has some.
    const own = entries.filter(entry => words.every(word => entry.own.includes(word)));
    const found = words.length === 0 ? [] : own.concat(entries.filter(entry => !own.includes(entry) && words.every(word => entry.all.includes(word))));
    list.replaceChildren(...found.slice(0, most).map(entry => {
      const item = document.createElement("li"), link = document.createElement("a"), page = document.createElement("small");
      link.href = entry.url;
      link.textContent = entry.text;
      page.textContent = entry.title;
      link.append(page);
      item.append(link);
      return item;
    }));
    status.textContent = words.length === 0 ? "" : found.length === 0 ? "No heading has these words." : found.length > most ? `The first ${most} of ${found.length}` : "";
  }

  search.hidden = false;
  field.addEventListener("input", find);
  search.addEventListener("keydown", event => {
    const links = [...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { field.value = ""; find(); field.focus(); }
    else if (event.key === "Enter" && at < 0 && links.length > 0) links[0].click();
    else if (event.key === "ArrowDown" && links.length > 0) { links[Math.min(at + 1, links.length - 1)].focus(); event.preventDefault(); }
    else if (event.key === "ArrowUp" && at >= 0) { (links[at - 1] || field).focus(); event.preventDefault(); }
  });
  list.addEventListener("click", () => { field.value = ""; find(); });

  // On a narrow screen the contents stand above the text: closed, so that the text is what is seen.
  const contents = document.querySelector("nav details");
  if (contents && matchMedia("(max-width: 83.99rem)").matches) contents.open = false;
})();
