// Draws the figures whose JSON stands beside their static pictures; a figure that fails keeps its picture.
(function () {
  for (const element of document.querySelectorAll(".figure")) {
    try {
      const figure = JSON.parse(element.querySelector("script").textContent);
      const place = document.createElement("div");
      element.appendChild(place);
      const config = Object.assign({ responsive: true, displaylogo: false }, figure.config);
      Plotly.newPlot(place, figure.data || [], figure.layout || {}, config).then(function () { element.classList.add("drawn"); });
    } catch (error) {
      console.error("A chart keeps its static picture.", error);
    }
  }
})();
