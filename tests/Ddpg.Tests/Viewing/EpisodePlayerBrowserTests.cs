using Ddpg.Environments;
using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

/// <summary>The player in a real browser: three on one page, two of them the same, by mouse and by keyboard.</summary>
public sealed class EpisodePlayerBrowserTests
{
    private const string Driver = """
        // The browser's clock is virtual here, its frames are not: on a busy machine the first may come after the last second. So frames come by the clock.
        window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 16);
        const wait = ms => new Promise(done => setTimeout(done, ms));
        const key = (target, name) => { const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }); target.dispatchEvent(event); return event.defaultPrevented; };
        const found = [], say = (what, value) => found.push([what, String(value)]);
        (async () => {
          await wait(300);
          const roots = [...document.querySelectorAll("[data-episode-player]")];
          const [canvas, slider, caption] = ["canvas", "input", "div:last-child"].map(name => roots[0].querySelector(":scope > " + name) || roots[0].querySelector(name));
          const last = () => roots[0].lastElementChild.textContent;
          say("players", roots.filter(root => root.querySelector("canvas")).length);
          say("stills left", document.querySelectorAll("svg").length);
          say("ids", document.querySelectorAll("[id]").length);
          say("names", [...roots[0].querySelectorAll("button,input,select,canvas")].every(e => e.getAttribute("aria-label")));
          say("starts", last());
          let reached = "none";
          document.body.addEventListener("keydown", event => reached = event.key);
          say("right taken", key(canvas, "ArrowRight"));
          say("right", last().split(" · ")[0]);
          say("reached the page", reached);
          key(canvas, "End");
          say("end", last());
          say("spoken", slider.getAttribute("aria-valuetext"));
          key(canvas, "Home");
          say("home", last().split(" · ")[0]);
          key(canvas, "x");
          say("other keys pass", reached);
          slider.value = 100; slider.dispatchEvent(new Event("input"));
          say("slider", last().split(" · ")[0]);
          key(canvas, "+");
          say("speed", roots[0].querySelector("select").value);
          const pixel = (x, y) => [...canvas.getContext("2d").getImageData(canvas.width * x, canvas.height * y, 1, 1).data].slice(0, 3).join();
          key(canvas, "Home");
          say("rod hangs", pixel(0.5 + 0.02, 0.5 + 0.2) + " " + pixel(0.5 + 0.02, 0.5 - 0.2));
          const before = last();
          roots[0].querySelector("button").click();
          // A busy machine may take its time to draw the first frames.
          for (let turn = 0; turn < 100 && last() === before; turn++) await wait(100);
          say("moves", last() !== before);
          roots[0].querySelector("button").click();
          const stopped = last();
          await wait(300);
          say("stops", last() === stopped);
          say("the copy stays", roots[1].lastElementChild.textContent.split(" · ")[0]);
          document.body.innerHTML = "<pre></pre>";
          document.body.firstChild.textContent = JSON.stringify(found);
        })();
        """;

    [SkippableFact]
    public void The_player_plays_steps_scrubs_and_speaks()
    {
        Skip.If(BrowserPage.Missing is not null, BrowserPage.Missing);
        var pendulum = new Pendulum();
        string player = EpisodePlayer.Record(pendulum, _ => [0.5f], start: pendulum.SetState(Math.PI, 0), title: "Hanging").ToHtml();
        string other = EpisodePlayer.Record(new MountainCarContinuous(), _ => [1], seed: 2, maxSteps: 40).ToHtml();

        Dictionary<string, string> found = BrowserPage.Open($"<!DOCTYPE html><meta charset=\"utf-8\"><body>{player}{player}{other}<script>{Driver}</script></body>");

        Assert.Equal("3", found["players"]);
        Assert.Equal("0", found["stills left"]);
        Assert.Equal("0", found["ids"]);
        Assert.Equal("true", found["names"]);
        Assert.Equal("step 0 of 200 · return so far 0.00", found["starts"]);
        Assert.Equal("true", found["right taken"]);
        Assert.Equal("step 1 of 200", found["right"]);
        Assert.Equal("none", found["reached the page"]);
        Assert.StartsWith("step 200 of 200 · reward −", found["end"], StringComparison.Ordinal);
        Assert.StartsWith("step 200 of 200, return so far −", found["spoken"], StringComparison.Ordinal);
        Assert.Equal("step 0 of 200", found["home"]);
        Assert.Equal("x", found["other keys pass"]);
        Assert.Equal("step 100 of 200", found["slider"]);
        Assert.Equal("2", found["speed"]);
        Assert.Equal("209,96,61 0,0,0", found["rod hangs"]);
        Assert.Equal("true", found["moves"]);
        Assert.Equal("true", found["stops"]);
        Assert.Equal("step 0 of 200", found["the copy stays"]);
    }
}
