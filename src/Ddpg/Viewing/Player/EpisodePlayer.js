// Plays one recorded episode. EpisodePlayer.cs puts the episode in place of EPISODE. Nothing is global and nothing is loaded;
// elements are found by a data attribute, so that any number of players, copies included, live on one page.
(function (episode) {
  "use strict";
  var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", code = {};
  for (var i = 0; i < 64; i++) code[letters[i]] = i;

  function decode(text) {
    var shapes = [], at = 0;
    function number() { at += 2; return code[text[at - 2]] * 64 + code[text[at - 1]]; }
    while (at < text.length) {
      var shape = { kind: text[at++], style: episode.styles[number()], numbers: [] };
      for (var left = number(); left > 0; left--) shape.numbers.push(number());
      shapes.push(shape);
    }
    return shapes;
  }

  var background = decode(episode.background), frames = episode.frames.map(decode);

  function paint(context, width, height, shape) {
    function x(n) { return (n / 4095 * 2 - 0.5) * width; }
    function y(n) { return height - (n / 4095 * 2 - 0.5) * height; }
    var style = shape.style, n = shape.numbers, scale = width / episode.width;
    context.beginPath();
    if (shape.kind === "t") {
      context.fillStyle = style[0];
      context.font = style[3] * scale + "px sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(episode.texts[n[2]], x(n[0]), y(n[1]));
      return;
    }
    if (shape.kind === "c") context.arc(x(n[0]), y(n[1]), n[2] / 4095 * 2 * width, 0, 2 * Math.PI);
    else {
      for (var k = 0; k < n.length; k += 2) context.lineTo(x(n[k]), y(n[k + 1]));
      if (shape.kind === "p") context.closePath();
    }
    if (shape.kind !== "l" && style[0] !== "none") { context.fillStyle = style[0]; context.fill(); }
    if (style[1] !== "none") {
      context.strokeStyle = style[1];
      context.lineWidth = style[2] * scale;
      context.lineCap = context.lineJoin = "round";
      context.stroke();
    }
  }

  function make(parent, name, css, attributes) {
    var element = document.createElement(name);
    element.style.cssText = css;
    for (var key in attributes) element.setAttribute(key, attributes[key]);
    parent.appendChild(element);
    return element;
  }

  function build(root) {
    root.setAttribute("data-ready", "");
    while (root.firstChild) root.removeChild(root.firstChild);
    var width = episode.pixels, height = Math.round(width * episode.height / episode.width);
    root.style.cssText = "max-width:" + width + "px;font:13px/1.4 'Segoe UI','Helvetica Neue',Arial,sans-serif;margin:4px 0";
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Episode player: " + episode.title);
    var button = "font:inherit;min-width:2.4em;padding:2px 7px;cursor:pointer";
    make(root, "div", "font-weight:600;margin-bottom:4px", {}).textContent = episode.title;
    var canvas = make(root, "canvas", "display:block;width:100%;background:#f7f8fa;border:1px solid #c9ced6;border-radius:4px;box-sizing:border-box;cursor:pointer",
      { width: 2 * width, height: 2 * height, role: "img", "aria-label": episode.description, tabindex: "0" });
    var bar = make(root, "div", "display:flex;gap:6px;align-items:center;margin-top:5px", {});
    var play = make(bar, "button", button, { type: "button", title: "Play or pause (space)" });
    var back = make(bar, "button", button, { type: "button", "aria-label": "one frame back", title: "One frame back (left arrow)" });
    back.textContent = "\u2039";
    var forward = make(bar, "button", button, { type: "button", "aria-label": "one frame forward", title: "One frame forward (right arrow)" });
    forward.textContent = "\u203a";
    var slider = make(bar, "input", "flex:1;min-width:60px", { type: "range", min: 0, max: frames.length - 1, step: 1, "aria-label": "moment of the episode" });
    var speed = make(bar, "select", "font:inherit", { "aria-label": "speed", title: "Speed (+ and -)" });
    var speeds = [0.25, 0.5, 1, 2, 4];
    speeds.forEach(function (times) { make(speed, "option", "", { value: times }).textContent = times + "\u00d7"; });
    speed.value = "1";
    var caption = make(root, "div", "margin-top:3px;font-variant-numeric:tabular-nums", {});

    var context = canvas.getContext("2d"), now = 0, playing = false, due = 0;

    function show(frame) {
      now = Math.max(0, Math.min(frames.length - 1, frame));
      context.clearRect(0, 0, canvas.width, canvas.height);
      background.concat(frames[now]).forEach(function (shape) { paint(context, canvas.width, canvas.height, shape); });
      slider.value = now;
      var text = "step " + episode.steps[now] + " of " + episode.steps[frames.length - 1];
      caption.textContent = text + (now ? " \u00b7 reward " + episode.rewards[now] : "") + " \u00b7 return so far " + episode.returns[now];
      slider.setAttribute("aria-valuetext", text + ", return so far " + episode.returns[now]);
    }

    function setPlaying(value) {
      playing = value;
      play.textContent = playing ? "\u275a\u275a" : "\u25b6";
      play.setAttribute("aria-label", playing ? "pause" : "play");
      if (!playing) return;
      if (now === frames.length - 1) show(0);
      due = performance.now();
      requestAnimationFrame(tick);
    }

    function tick(time) {
      // A player that was removed from the page stops by itself.
      if (!playing || !root.isConnected) return;
      var interval = episode.interval / Number(speed.value);
      if (time - due > 1000) due = time;
      while (due <= time && now < frames.length - 1) { show(now + 1); due += interval; }
      if (now === frames.length - 1) setPlaying(false);
      else requestAnimationFrame(tick);
    }

    function stepTo(frame) { setPlaying(false); show(frame); }
    function changeSpeed(by) { speed.selectedIndex = Math.max(0, Math.min(speeds.length - 1, speed.selectedIndex + by)); }

    play.onclick = canvas.onclick = function () { setPlaying(!playing); };
    back.onclick = function () { stepTo(now - 1); };
    forward.onclick = function () { stepTo(now + 1); };
    slider.oninput = function () { stepTo(Number(slider.value)); };
    root.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target === speed) return;
      var onButton = event.target.tagName === "BUTTON", key = event.key;
      if (key === " " && !onButton) setPlaying(!playing);
      else if (key === "ArrowLeft") stepTo(now - 1);
      else if (key === "ArrowRight") stepTo(now + 1);
      else if (key === "Home") stepTo(0);
      else if (key === "End") stepTo(frames.length - 1);
      else if (key === "+") changeSpeed(1);
      else if (key === "-") changeSpeed(-1);
      else { if (onButton && (key === " " || key === "Enter")) event.stopPropagation(); return; }
      // The notebook around has commands on the same keys.
      event.preventDefault();
      event.stopPropagation();
    });
    show(0);
    setPlaying(false);
  }

  // Some front ends run the script a moment before the elements are on the page.
  (function start(attempts) {
    var roots = document.querySelectorAll("[data-episode-player='" + episode.id + "']:not([data-ready])");
    for (var r = 0; r < roots.length; r++) build(roots[r]);
    if (!roots.length && attempts > 0) setTimeout(function () { start(attempts - 1); }, 100);
  })(20);
})(EPISODE);
