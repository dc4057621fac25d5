namespace XPlot.Plotly;

/// <summary>Marching squares: the outlines of the region where a matrix is at least a level.</summary>
internal static class ContourTracer
{
    /// <summary>The outlines as closed rings of (column, row) in fractions of a cell. Around the matrix lies a border that belongs to no region, so every ring closes.</summary>
    public static List<List<(double Column, double Row, bool OnBorder)>> Rings(double[][] z, double level)
    {
        int rows = z.Length, columns = z.Min(row => row.Length), stride = columns + 2;
        double At(int row, int column) => row < 0 || row >= rows || column < 0 || column >= columns || double.IsNaN(z[row][column]) ? double.NegativeInfinity : z[row][column];
        var neighbours = new Dictionary<int, (int First, int Second)>();
        void Connect(int from, int to)
        {
            neighbours[from] = neighbours.TryGetValue(from, out (int First, int Second) one) ? (one.First, to) : (to, -1);
            neighbours[to] = neighbours.TryGetValue(to, out (int First, int Second) two) ? (two.First, from) : (from, -1);
        }
        // Edges by number: even ones run along a row from (row, column), odd ones along a column.
        int Across(int row, int column) => 2 * ((row + 1) * stride + column + 1);
        int Down(int row, int column) => Across(row, column) + 1;
        for (int row = -1; row < rows; row++)
        {
            for (int column = -1; column < columns; column++)
            {
                (double a, double b, double c, double d) = (At(row, column), At(row, column + 1), At(row + 1, column + 1), At(row + 1, column));
                int corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
                (int top, int right, int bottom, int left) = (Across(row, column), Down(row, column + 1), Across(row + 1, column), Down(row, column));
                switch (corners)
                {
                    case 1 or 14: Connect(left, top); break;
                    case 2 or 13: Connect(top, right); break;
                    case 4 or 11: Connect(right, bottom); break;
                    case 8 or 7: Connect(bottom, left); break;
                    case 3 or 12: Connect(left, right); break;
                    case 6 or 9: Connect(top, bottom); break;
                    case 5 or 10:
                        // A saddle: its middle decides which corners belong together.
                        bool joined = (a + b + c + d) / 4 >= level;
                        if (joined == (corners == 5)) { Connect(top, right); Connect(bottom, left); }
                        else { Connect(left, top); Connect(right, bottom); }
                        break;
                }
            }
        }
        return Stitch(neighbours, edge => Crossing(edge, stride, level, At));
    }

    private static List<List<(double, double, bool)>> Stitch(Dictionary<int, (int First, int Second)> neighbours, Func<int, (double, double, bool)> crossing)
    {
        var rings = new List<List<(double, double, bool)>>();
        var seen = new HashSet<int>();
        foreach (int start in neighbours.Keys)
        {
            if (!seen.Add(start)) continue;
            var ring = new List<(double, double, bool)> { crossing(start) };
            int previous = start, current = neighbours[start].First;
            while (current >= 0 && seen.Add(current))
            {
                ring.Add(crossing(current));
                (int first, int second) = neighbours[current];
                (previous, current) = (current, first == previous ? second : first);
            }
            rings.Add(ring);
        }
        return rings;
    }

    private static (double Column, double Row, bool OnBorder) Crossing(int edge, int stride, double level, Func<int, int, double> at)
    {
        int node = edge / 2, row = node / stride - 1, column = node % stride - 1;
        bool down = (edge & 1) != 0;
        (double from, double to) = (at(row, column), down ? at(row + 1, column) : at(row, column + 1));
        // Beyond the border there is no value: the outline runs along the outermost row or column.
        double part = double.IsInfinity(from) ? 1 : double.IsInfinity(to) ? 0 : (level - from) / (to - from);
        return (down ? column : column + part, down ? row + part : row, double.IsInfinity(from) || double.IsInfinity(to));
    }
}
