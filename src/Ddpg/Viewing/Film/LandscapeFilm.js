// Plays the pictures of one training. LandscapeFilm.cs puts the film in place of FILM. Nothing is global and nothing is loaded;
// elements are found by a data attribute, so that any number of films, copies included, live on one page.
(function (film) {
  "use strict";
  var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  function picture(cells, colours) {
    var canvas = document.createElement("canvas");
    canvas.width = film.columns;
    canvas.height = film.rows;
    var context = canvas.getContext("2d"), image = context.createImageData(film.columns, film.rows);
    for (var i = 0; i < cells.length; i++) {
      var colour = parseInt(colours.substr(6 * letters.indexOf(cells[i]), 6), 16);
      image.data.set([colour >> 16, colour >> 8 & 255, colour & 255, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
    return canvas.toDataURL();
  }

  var pictures = film.maps.map(function (maps) { return maps.map(function (cells, map) { return picture(cells, film.colours[map]); }); });
  var last = pictures.length - 1;

  function build(root) {
    root.setAttribute("data-ready", "");
    var stage = root.children[1], images = stage.querySelectorAll("image"), lines = stage.querySelectorAll("path");
    var play = stage.querySelector("button"), slider = stage.querySelector("input"), caption = stage.querySelector("span");
    var now = 0, playing = false, due = 0;

    function show(moment) {
      now = Math.max(0, Math.min(last, moment));
      images.forEach(function (image, map) { image.setAttribute("href", pictures[now][map]); });
      lines.forEach(function (line) { line.setAttribute("d", film.lines[now]); });
      slider.value = now;
      caption.textContent = film.captions[now];
      slider.setAttribute("aria-valuetext", film.captions[now]);
    }

    function setPlaying(value) {
      playing = value;
      play.textContent = playing ? "\u275a\u275a" : "\u25b6";
      play.setAttribute("aria-label", playing ? "pause" : "play");
      if (!playing) return;
      if (now === last) show(0);
      due = performance.now() + 300;
      requestAnimationFrame(tick);
    }

    function tick(time) {
      // A film that was removed from the page stops by itself.
      if (!playing || !root.isConnected) return;
      if (time >= due) { show(now + 1); due = time + 300; }
      if (now === last) setPlaying(false);
      else requestAnimationFrame(tick);
    }

    play.onclick = function () { setPlaying(!playing); };
    slider.oninput = function () { setPlaying(false); show(Number(slider.value)); };
    // The notebook around has commands on the same keys.
    stage.addEventListener("keydown", function (event) { event.stopPropagation(); });
    root.children[0].hidden = true;
    stage.hidden = false;
    show(0);
    setPlaying(false);
  }

  // Some front ends run the script a moment before the elements are on the page.
  (function start(attempts) {
    var roots = document.querySelectorAll("[data-landscape-film='" + film.id + "']:not([data-ready])");
    for (var r = 0; r < roots.length; r++) build(roots[r]);
    if (!roots.length && attempts > 0) setTimeout(function () { start(attempts - 1); }, 100);
  })(20);
})(FILM);
