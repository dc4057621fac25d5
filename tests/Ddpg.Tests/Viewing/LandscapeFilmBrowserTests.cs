using Ddpg.Agents;
using Ddpg.Environments;
using Ddpg.Viewing;

namespace Ddpg.Tests.Viewing;

/// <summary>The film in a real browser: two copies on one page.</summary>
public sealed class LandscapeFilmBrowserTests
{
    private const string Driver = """
        window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 16);
        const wait = ms => new Promise(done => setTimeout(done, ms));
        const found = [], say = (what, value) => found.push([what, String(value)]);
        (async () => {
          await wait(300);
          const [root, copy] = document.querySelectorAll("[data-landscape-film]"), [still, stage] = root.children;
          const slider = stage.querySelector("input"), button = stage.querySelector("button"), caption = () => stage.querySelector("span").textContent;
          const pictures = () => [...stage.querySelectorAll("image")].map(image => image.getAttribute("href"));
          say("still is gone", still.hidden && !stage.hidden);
          say("starts", caption());
          say("names", [...stage.querySelectorAll("button,input")].every(element => element.getAttribute("aria-label")));
          const first = pictures();
          say("pictures", first.map(picture => picture.slice(0, 22)));
          slider.value = 2; slider.dispatchEvent(new Event("input"));
          say("last", caption());
          say("spoken", slider.getAttribute("aria-valuetext"));
          say("changed", pictures().every((picture, map) => picture !== first[map]));
          let reached = "none";
          document.body.addEventListener("keydown", event => reached = event.key);
          slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
          say("reached the page", reached);
          button.click();
          say("from the start", caption());
          for (let turn = 0; turn < 100 && caption() !== "after 10 steps"; turn++) await wait(100);
          say("plays to the end", caption());
          say("and stops", button.getAttribute("aria-label"));
          say("the copy stays", copy.querySelector("span").textContent);
          document.body.innerHTML = "<pre></pre>";
          document.body.firstChild.textContent = JSON.stringify(found);
        })();
        """;

    [SkippableFact]
    public void The_film_plays_and_is_scrubbed()
    {
        Skip.If(BrowserPage.Missing is not null, BrowserPage.Missing);
        var pendulum = new Pendulum();
        var film = new LandscapeFilm("A film");
        foreach (long step in new[] { 0, 5, 10 })
            film.Add(step, new DdpgAgent(pendulum.ObservationSpace, pendulum.ActionSpace, Hyperparameters.Pendulum, (ulong)step));
        string html = film.ToHtml();

        Dictionary<string, string> found = BrowserPage.Open($"<!DOCTYPE html><meta charset=\"utf-8\"><body>{html}{html}<script>{Driver}</script></body>");

        Assert.Equal("true", found["still is gone"]);
        Assert.Equal("after 0 steps", found["starts"]);
        Assert.Equal("true", found["names"]);
        Assert.Equal("data:image/png;base64,,data:image/png;base64,", found["pictures"]);
        Assert.Equal("after 10 steps", found["last"]);
        Assert.Equal("after 10 steps", found["spoken"]);
        Assert.Equal("true", found["changed"]);
        Assert.Equal("none", found["reached the page"]);
        Assert.Equal("after 0 steps", found["from the start"]);
        Assert.Equal("after 10 steps", found["plays to the end"]);
        Assert.Equal("play", found["and stops"]);
        Assert.Equal("after 0 steps", found["the copy stays"]);
    }
}
