// Draws the figures whose JSON stands beside their static pictures; a figure that fails keeps its picture.
(function () {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;

  // The kit's theme in the colours of its dark static pictures (Ddpg.Charts, Theme). What a chart sets itself stays; a figure without the theme stays as it is.
  function themed(layout) {
    const theme = layout.template && layout.template.layout;
    if (!dark || !theme) return layout;
    const axis = { gridcolor: "#33373e", zerolinecolor: "#4d535c", linecolor: "#747b85", tickcolor: "#747b85", tickfont: { color: "#aeb4be", size: 12 } };
    const wall = { gridcolor: "#33373e", zerolinecolor: "#4d535c", backgroundcolor: "#1c1e22", tickfont: { color: "#aeb4be", size: 11 } };
    const night = Object.assign({}, theme, { paper_bgcolor: "#1c1e22", plot_bgcolor: "#1c1e22", font: Object.assign({}, theme.font, { color: "#e6e8ec" }) });
    for (const name of ["xaxis", "yaxis"]) night[name] = Object.assign({}, theme[name], axis);
    night.scene = { xaxis: wall, yaxis: wall, zaxis: wall };
    // Text on a background of its own stays dark.
    const notes = (layout.annotations || []).map(note => note.bgcolor && !(note.font && note.font.color) ? Object.assign({}, note, { font: Object.assign({ color: "#2b2f36" }, note.font) }) : note);
    return Object.assign({}, layout, { annotations: notes, template: Object.assign({}, layout.template, { layout: night }) });
  }

  // On a phone a legend above the chart would lie on its title: it goes below, and the chart grows by its lines. plotly.js does not break titles either.
  function fitted(layout, data, width) {
    const entries = data.filter(trace => trace.showlegend !== false && trace.name).length;
    if (width >= 560) return layout;
    const title = typeof layout.title === "string" ? { text: layout.title } : layout.title;
    const narrow = Object.assign({}, layout, title && { title: Object.assign({}, title, { x: 0.02, xanchor: "left", font: Object.assign({}, title.font, { size: Math.min(15, 1.7 * width / Math.max(1, (title.text || "").length)) }) }) });
    if (entries < 2 || layout.showlegend === false) return narrow;
    narrow.legend = Object.assign({}, layout.legend, { orientation: "h", x: 0, xanchor: "left", y: -0.24, yanchor: "top" });
    narrow.height = (layout.height || 400) + 22 * entries;
    return narrow;
  }

  for (const element of document.querySelectorAll(".figure")) {
    try {
      const figure = JSON.parse(element.querySelector("script").textContent);
      const place = document.createElement("div");
      element.appendChild(place);
      const config = Object.assign({ responsive: true, displaylogo: false }, figure.config);
      Plotly.newPlot(place, figure.data || [], fitted(themed(figure.layout || {}), figure.data || [], place.clientWidth), config).then(function () { element.classList.add("drawn"); });
    } catch (error) {
      console.error("A chart keeps its static picture.", error);
    }
  }
})();
