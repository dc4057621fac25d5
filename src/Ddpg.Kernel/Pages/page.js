// Draws the figures whose JSON stands beside their static pictures; a figure that fails keeps its picture.
(function () {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  function colours(layout) {
    if (!dark.matches) return layout;
    // The charts are made for white paper: on a dark page they keep it, as a card with rounded corners.
    return Object.assign({}, layout, { paper_bgcolor: layout.paper_bgcolor || "#ffffff", plot_bgcolor: layout.plot_bgcolor || "#ffffff" });
  }
  for (const element of document.querySelectorAll(".figure")) {
    try {
      const figure = JSON.parse(element.querySelector("script").textContent);
      const place = document.createElement("div");
      element.appendChild(place);
      const config = Object.assign({ responsive: true, displaylogo: false }, figure.config);
      Plotly.newPlot(place, figure.data || [], colours(figure.layout || {}), config).then(function () { element.classList.add("drawn"); });
    } catch (error) {
      console.error("A chart keeps its static picture.", error);
    }
  }
})();
