namespace Ddpg.Charts;

/// <summary>Puts the bars of several traces side by side, over or upon each other, by the layout's <c>barmode</c>.</summary>
internal static class BarArrangement
{
    public static void Arrange(IEnumerable<BarView> bars, Members layout)
    {
        string mode = layout.Text("barmode") ?? "group";
        foreach (IGrouping<(Axis, Axis), BarView> plot in bars.GroupBy(bar => (bar.PositionAxis, bar.ValueAxis)))
        {
            BarView[] views = [.. plot];
            bool histogram = views.All(view => view.Pitch is not null);
            double pitch = histogram ? views.Min(view => view.Pitch!.Value) : Pitch(views);
            double gap = layout.Number("bargap") ?? (histogram ? 0 : 0.2);
            bool grouped = mode == "group" && views.Length > 1;
            double slot = pitch * (1 - gap) / (grouped ? views.Length : 1);
            if (mode != "overlay" && !histogram && HasNeighbours(views)) views[0].PositionAxis.KeepTicksAtBars(pitch, views.SelectMany(view => view.Positions).Where(double.IsFinite).Min());
            for (int index = 0; index < views.Length; index++)
            {
                views[index].Slot = mode == "overlay" ? views[index].Pitch ?? pitch : pitch;
                if (mode == "overlay" && views[index].Pitch is { } own) slot = own * (1 - gap);
                views[index].BarWidth = slot * (grouped ? 1 - (layout.Number("bargroupgap") ?? 0) : 1);
                views[index].Offset = grouped ? (index - (views.Length - 1) / 2.0) * slot : 0;
            }
            if (mode is "stack" or "relative") Stack(views);
            else if (mode == "group")
            {
                // Bars of one trace at one place would hide each other.
                foreach (BarView view in views)
                    Stack([view]);
            }
        }
    }

    private static bool HasNeighbours(BarView[] views)
    {
        double[] places = [.. views.SelectMany(view => view.Positions).Where(double.IsFinite)];
        return places.Length > places.Distinct().Count();
    }

    private static double Pitch(BarView[] views)
    {
        double[] places = [.. views.SelectMany(view => view.Positions).Where(double.IsFinite).Distinct().Order()];
        return places.Length < 2 ? 1 : places.Zip(places.Skip(1), (left, right) => right - left).Min();
    }

    private static void Stack(BarView[] views)
    {
        var heights = new Dictionary<(double, bool), double>();
        foreach (BarView view in views)
        {
            for (int index = 0; index < Math.Min(view.Positions.Length, view.Values.Length); index++)
            {
                if (double.IsNaN(view.Positions[index]) || double.IsNaN(view.Values[index])) continue;
                (double, bool) place = (view.Positions[index], view.Values[index] < 0);
                view.Bases[index] = heights.GetValueOrDefault(place);
                heights[place] = view.Bases[index] + view.Values[index];
            }
        }
    }
}
