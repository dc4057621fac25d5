using System.Globalization;
using System.Xml.Linq;

namespace Ddpg.Environments.MuJoCo.Binding;

/// <summary>What the robots' code must know of their MJCF text, in MuJoCo's order: bodies, geoms and joints depth first as they are written, the world's first.</summary>
/// <remarks>Reads our own files only: no default classes but the main one, no ball joints, capsules and spheres as a body's geoms, and a body's geoms and joints above
/// its children.</remarks>
internal sealed class RobotModel
{
    private readonly List<RobotGeom> _geoms = [];
    private readonly List<RobotJoint> _joints = [];
    private readonly List<string> _bodies = ["world"];

    public RobotModel(string name, XDocument document)
    {
        XElement root = document.Root!;
        (Name, Text) = (name, document.ToString());
        TimeStep = Number(root.Element("option")!.Attribute("timestep")!.Value);
        bool degrees = root.Element("compiler")?.Attribute("angle")?.Value != "radian";
        XElement world = root.Element("worldbody")!;
        AddGeoms(world, body: 0);
        foreach (XElement body in world.Descendants("body"))
        {
            _bodies.Add((string?)body.Attribute("name") ?? "");
            AddGeoms(body, _bodies.Count - 1);
            foreach (XElement joint in body.Elements("joint").Concat(body.Elements("freejoint"))) AddJoint(joint, degrees ? Math.PI / 180 : 1);
        }
        SiteCount = world.Descendants("site").Count();
        Motors = [.. root.Element("actuator")!.Elements("motor").Select(motor => _joints.FindIndex(joint => joint.Name == (string?)motor.Attribute("joint")))];
    }

    /// <summary>The robot's name, which is its file's.</summary>
    public string Name { get; }

    /// <summary>The MJCF text.</summary>
    public string Text { get; }

    /// <summary>Seconds of one step of the simulation.</summary>
    public double TimeStep { get; }

    /// <summary>Bodies' names, the world first.</summary>
    public IReadOnlyList<string> Bodies => _bodies;

    /// <summary>The shapes.</summary>
    public IReadOnlyList<RobotGeom> Geoms => _geoms;

    /// <summary>The joints.</summary>
    public IReadOnlyList<RobotJoint> Joints => _joints;

    /// <summary>For each motor, the index of its joint.</summary>
    public IReadOnlyList<int> Motors { get; }

    /// <summary>How many sites.</summary>
    public int SiteCount { get; }

    /// <summary>How many numbers a position has.</summary>
    public int PositionCount { get; private set; }

    /// <summary>How many numbers a velocity has.</summary>
    public int VelocityCount { get; private set; }

    /// <summary>The kit's model of this name.</summary>
    public static RobotModel Read(string name) => new(name, XDocument.Parse(ReadText(name)));

    /// <summary>The MJCF text of this name.</summary>
    public static string ReadText(string name)
    {
        using Stream stream = typeof(RobotModel).Assembly.GetManifestResourceStream($"MuJoCo.{name}.xml")
            ?? throw new InvalidOperationException($"The library has no embedded model '{name}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    internal static double[] Numbers(XAttribute? attribute) =>
        attribute is null ? [] : Array.ConvertAll(attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), Number);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private void AddGeoms(XElement owner, int body)
    {
        foreach (XElement geom in owner.Elements("geom"))
        {
            double[] size = Numbers(geom.Attribute("size")), ends = Numbers(geom.Attribute("fromto"));
            bool capsule = ends.Length == 6 || (string?)geom.Attribute("type") == "capsule";
            double half = ends.Length == 6
                ? Math.Sqrt(Square(ends[3] - ends[0]) + Square(ends[4] - ends[1]) + Square(ends[5] - ends[2])) / 2
                : capsule ? size[1] : 0;
            _geoms.Add(new RobotGeom(body, (string?)geom.Attribute("type") == "plane", size[0], half));
        }

        static double Square(double x) => x * x;
    }

    private void AddJoint(XElement joint, double unit)
    {
        bool free = joint.Name == "freejoint";
        double[] range = Numbers(joint.Attribute("range"));
        if ((string?)joint.Attribute("type") == "slide") unit = 1;
        (double low, double high) = range.Length == 2 ? (range[0] * unit, range[1] * unit) : (double.NaN, double.NaN);
        _joints.Add(new RobotJoint((string?)joint.Attribute("name") ?? "", PositionCount, VelocityCount, low, high));
        PositionCount += free ? 7 : 1;
        VelocityCount += free ? 6 : 1;
    }
}
