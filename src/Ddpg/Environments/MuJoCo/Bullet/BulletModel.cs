using System.Globalization;
using System.Xml.Linq;
using Ddpg.Environments.MuJoCo.Binding;

namespace Ddpg.Environments.MuJoCo.Bullet;

/// <summary>The robots' models as Bullet's tasks change them: read from the MuJoCo tasks' files, then edited.</summary>
internal static class BulletModel
{
    /// <summary>Simulated seconds of one of Bullet's actions.</summary>
    public const double ActionTime = 0.0165;

    /// <summary>A robot of Bullet's tasks.</summary>
    /// <param name="name">The MuJoCo task's model.</param>
    /// <param name="substeps">Simulation steps of one action.</param>
    /// <param name="torque">The motor's torque or force at full control for a joint.</param>
    public static RobotModel Read(string name, int substeps, Func<string, double> torque)
    {
        XDocument document = XDocument.Parse(RobotModel.ReadText(name));
        XElement root = document.Root!;
        root.Element("option")!.ReplaceAttributes(
            new XAttribute("timestep", Text(ActionTime / substeps)), new XAttribute("gravity", "0 0 -9.8"), new XAttribute("integrator", "Euler"));
        // Bullet's importer reads none of these, so its robots have neither springs nor brakes nor rotors, and all are as dense as water. The humanoid keeps its rotors:
        // without them its arms' light links make MuJoCo's equations of motion nearly singular, and one step in 3,000 under full torques runs away.
        root.Element("compiler")?.SetAttributeValue("settotalmass", null);
        foreach (XElement geom in root.Descendants("geom")) geom.SetAttributeValue("density", geom.Parent!.Name == "default" ? "1000" : null);
        foreach (XElement joint in root.Descendants("joint"))
            foreach (string ignored in name == "Humanoid" ? (string[])["damping", "stiffness"] : ["damping", "stiffness", "armature"]) joint.SetAttributeValue(ignored, null);
        Edit(name, root);
        // One motor a hinge, in the joints' order; a cart's slide counts as one.
        IEnumerable<XElement> limited = root.Element("worldbody")!.Descendants("joint").Where(joint => (string?)joint.Attribute("limited") != "false");
        string[] driven = name == "InvertedPendulum" ? ["slider"] : [.. limited.Select(joint => (string)joint.Attribute("name")!)];
        root.Element("actuator")!.ReplaceNodes(driven.Select(joint => new XElement("motor",
            new XAttribute("joint", joint), new XAttribute("gear", Text(torque(joint))), new XAttribute("ctrllimited", "true"), new XAttribute("ctrlrange", "-1 1"))));
        return new RobotModel(name, document);
    }

    private static void Edit(string name, XElement root)
    {
        switch (name)
        {
            case "Hopper" or "Walker2d":
                SetFriction(root, "0.8 0.1 0.1");
                break;
            case "HalfCheetah":
                SetFriction(root, "0.8 0.1 0.1");
                SetRange(root, "fthigh", "-1.5 0.8");
                SetRange(root, "fshin", "-1.2 1.1");
                SetRange(root, "ffoot", "-3.1 -0.3");
                foreach (XElement geom in Geoms(root))
                    if ((string?)geom.Attribute("name") is "bfoot" or "ffoot") geom.SetAttributeValue("mass", "10");
                break;
            case "Ant":
                SetFriction(root, "1.5 0.1 0.1");
                for (int leg = 1; leg <= 4; leg++)
                {
                    SetRange(root, $"hip_{leg}", "-40 40");
                    SetRange(root, $"ankle_{leg}", leg is 1 or 4 ? "30 100" : "-100 -30");
                }
                break;
            case "Humanoid":
                SetFriction(root, "0.8 0.1 0.1");
                foreach (XElement geom in Geoms(root)) geom.SetAttributeValue("condim", "3");
                SetRange(root, "right_hip_y", "-120 20");
                SetRange(root, "left_hip_y", "-120 20");
                break;
        }
    }

    // The floor's is 0.8 in every task.
    private static void SetFriction(XElement root, string friction)
    {
        foreach (XElement geom in Geoms(root)) geom.SetAttributeValue("friction", (string?)geom.Attribute("type") == "plane" ? "0.8 0.1 0.1" : friction);
    }

    private static void SetRange(XElement root, string joint, string range) =>
        root.Element("worldbody")!.Descendants("joint").Single(element => (string?)element.Attribute("name") == joint).SetAttributeValue("range", range);

    private static IEnumerable<XElement> Geoms(XElement root) => root.Element("worldbody")!.Descendants("geom");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
