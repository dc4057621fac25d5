// Golden trajectories of the robots, by MuJoCo itself and without a line of the kit: the models are printed here, attribute by attribute, from the same tables
// that the kit's models are written from, and the rewards and ends are written out again.
//
//   apt-get install libmujoco-dev gcc
//   cc -O2 -Wall -o trajectories trajectories.c -lmujoco -lm && ./trajectories .
//
// It writes <robot>.csv and observations.csv into the folder given. The kept files are of MuJoCo 2.2.2 (Debian's) on x86-64.
//   <robot>.csv: 100 steps under random actions of a quarter of the range (full range would let HalfCheetah and Ant, which are chaotic, carry a rounding of 1e-16 to 1e-2), then 100
//   under full ones in pieces of 20. A line "start" has qpos and qvel of an episode's start; a line "step" has the action, qpos, qvel, reward, 1 or 0 for
//   terminated. After a terminated step the next line is a start.
//   observations.csv: id, number of the step (0 is a start), the observation.
#include <math.h>
#include <mujoco/mujoco.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *xml;
static uint32_t state;

// A multiple of 1/128 in (-1, 1), so that every action (a quarter of it as well) is a float.
static double draw(void) {
    do state = state * 1664525u + 1013904223u; while (state >> 24 == 0);
    return ((int)(state >> 24) - 128) / 128.0;
}

// ---- models ----
typedef struct { const char *friction, *solref, *solimp, *margin; int condim, contype, conaffinity; double density; } Material;
static Material material;

static void head(const char *option, const char *compiler) {
    fprintf(xml, "<mujoco><compiler angle='radian' %s/><option %s/><worldbody>", compiler, option);
}

static void geom_tail(const char *friction, int condim, int contype, int conaffinity) {
    fprintf(xml, " friction='%s' solref='%s' solimp='%s' margin='%s' condim='%d' contype='%d' conaffinity='%d' density='%.17g'/>", friction, material.solref,
            material.solimp, material.margin, condim, contype, conaffinity, material.density);
}

static void floor_plane(const char *friction, int condim) {
    fprintf(xml, "<geom type='plane' pos='0 0 0' size='40 40 40'");
    geom_tail(friction, condim, 1, 1);
}

static void body(double x, double y, double z) { fprintf(xml, "<body pos='%.17g %.17g %.17g'>", x, y, z); }
static void tilted(double x, double y, double z, const char *quat) { fprintf(xml, "<body pos='%.17g %.17g %.17g' quat='%s'>", x, y, z, quat); }
static void end(void) { fprintf(xml, "</body>"); }

static void capsule(double r, double half, double x, double y, double z, double ax, double ay, double az, const char *friction) {
    fprintf(xml, "<geom type='capsule' size='%.17g %.17g' pos='%.17g %.17g %.17g' zaxis='%.17g %.17g %.17g'", r, half, x, y, z, ax, ay, az);
    geom_tail(friction, material.condim, material.contype, material.conaffinity);
}

// From end to end.
static void between(double r, double ax, double ay, double az, double bx, double by, double bz) {
    double dx = bx - ax, dy = by - ay, dz = bz - az;
    capsule(r, 0.5 * sqrt(dx * dx + dy * dy + dz * dz), (ax + bx) / 2, (ay + by) / 2, (az + bz) / 2, dx, dy, dz, material.friction);
}

static void sphere(double r, double x, double y, double z) {
    fprintf(xml, "<geom type='sphere' size='%.17g' pos='%.17g %.17g %.17g'", r, x, y, z);
    geom_tail(material.friction, material.condim, material.contype, material.conaffinity);
}

static double degree(double d) { return d * 3.14159265358979323846 / 180; }

static void joint_of(const char *type, const char *name, const char *anchor, const char *axis, double low, double high, double stiffness, double damping, double armature, const char *more) {
    fprintf(xml, "<joint type='%s' name='%s' pos='%s' axis='%s' stiffness='%.17g' damping='%.17g' armature='%.17g' %s", type, name, anchor, axis, stiffness, damping, armature, more);
    if (low < high) fprintf(xml, " limited='true' range='%.17g %.17g'/>", low, high);
    else fprintf(xml, " limited='false'/>");
}

static void hinge(const char *name, const char *anchor, const char *axis, double low, double high, double stiffness, double damping, double armature) {
    joint_of("hinge", name, anchor, axis, low, high, stiffness, damping, armature, "");
}

static void planar_root(double reference) {
    char more[40];
    snprintf(more, sizeof more, "ref='%.17g'", reference);
    joint_of("slide", "x", "0 0 0", "1 0 0", 0, 0, 0, 0, 0, "");
    joint_of("slide", "z", "0 0 0", "0 0 1", 0, 0, 0, 0, 0, more);
    hinge("pitch", "0 0 0", "0 1 0", 0, 0, 0, 0, 0);
}

static void motors_begin(void) { fprintf(xml, "</worldbody><actuator>"); }
static void motor(const char *joint, double gear, double limit) {
    fprintf(xml, "<motor joint='%s' gear='%.17g' ctrllimited='true' ctrlrange='%.17g %.17g'/>", joint, gear, -limit, limit);
}
static void motors_end(void) { fprintf(xml, "</actuator></mujoco>"); }

static void model_pendulum(void) {
    material = (Material){"1 0.1 0.1", "0.02 1", "0.9 0.95 0.001", "0", 3, 0, 0, 1000};
    head("timestep='0.02' integrator='RK4' gravity='0 0 -9.81'", "");
    body(0, 0, 0);
    joint_of("slide", "slider", "0 0 0", "1 0 0", -1, 1, 0, 1, 0, "");
    capsule(0.1, 0.1, 0, 0, 0, 1, 0, 0, material.friction);
    body(0, 0, 0);
    hinge("hinge", "0 0 0", "0 1 0", degree(-90), degree(90), 0, 1, 0);
    between(0.049, 0, 0, 0, 0.001, 0, 0.6);
    end(); end();
    motors_begin(); motor("slider", 100, 3); motors_end();
}

static void model_double_pendulum(void) {
    material = (Material){"1 0.1 0.1", "0.02 1", "0.9 0.95 0.001", "0", 3, 0, 0, 1000};
    head("timestep='0.01' integrator='RK4' gravity='1e-5 0 -9.81'", "");
    body(0, 0, 0);
    joint_of("slide", "slider", "0 0 0", "1 0 0", -1, 1, 0, 0.05, 0, "margin='0.01'");
    capsule(0.1, 0.1, 0, 0, 0, 1, 0, 0, material.friction);
    body(0, 0, 0);
    hinge("hinge1", "0 0 0", "0 1 0", 0, 0, 0, 0.05, 0);
    capsule(0.045, 0.3, 0, 0, 0.3, 0, 0, 1, material.friction);
    body(0, 0, 0.6);
    hinge("hinge2", "0 0 0", "0 1 0", 0, 0, 0, 0.05, 0);
    capsule(0.045, 0.3, 0, 0, 0.3, 0, 0, 1, material.friction);
    fprintf(xml, "<site name='tip' pos='0 0 0.6'/>");
    end(); end(); end();
    motors_begin(); motor("slider", 500, 1); motors_end();
}

static void model_reacher(void) {
    material = (Material){"1 0.1 0.1", "0.02 1", "0.9 0.95 0.001", "0", 3, 0, 0, 1000};
    head("timestep='0.01' integrator='RK4' gravity='0 0 -9.81'", "");
    body(0, 0, 0.01);
    hinge("joint0", "0 0 0", "0 0 1", 0, 0, 0, 1, 1);
    capsule(0.01, 0.05, 0.05, 0, 0, 1, 0, 0, material.friction);
    body(0.1, 0, 0);
    hinge("joint1", "0 0 0", "0 0 1", -3, 3, 0, 1, 1);
    capsule(0.01, 0.05, 0.05, 0, 0, 1, 0, 0, material.friction);
    body(0.11, 0, 0);
    sphere(0.01, 0, 0, 0);
    end(); end(); end();
    body(0.1, -0.1, 0.01);
    joint_of("slide", "target_x", "0 0 0", "1 0 0", -0.27, 0.27, 0, 0, 0, "ref='0.1'");
    joint_of("slide", "target_y", "0 0 0", "0 1 0", -0.27, 0.27, 0, 0, 0, "ref='-0.1'");
    sphere(0.009, 0, 0, 0);
    end();
    motors_begin(); motor("joint0", 200, 1); motor("joint1", 200, 1); motors_end();
}

static void leg_chain(const char *suffix, double foot_x, double foot_half, double damping, double armature, const char *foot_friction) {
    char name[40], anchor[40];
    body(0, 0, -0.2);
    snprintf(name, sizeof name, "thigh%s", suffix);
    hinge(name, "0 0 0", "0 -1 0", degree(-150), 0, 0, damping, armature);
    capsule(0.05, 0.225, 0, 0, -0.225, 0, 0, 1, material.friction);
    body(0, 0, -0.7);
    snprintf(name, sizeof name, "leg%s", suffix);
    hinge(name, "0 0 0.25", "0 -1 0", degree(-150), 0, 0, damping, armature);
    capsule(0.04, 0.25, 0, 0, 0, 0, 0, 1, material.friction);
    body(foot_x, 0, -0.35);
    snprintf(name, sizeof name, "foot%s", suffix);
    snprintf(anchor, sizeof anchor, "%.17g 0 0.1", -foot_x);
    hinge(name, anchor, "0 -1 0", degree(-45), degree(45), 0, damping, armature);
    capsule(0.06, foot_half, -foot_x / 2, 0, 0.1, 1, 0, 0, foot_friction);
    end(); end(); end();
}

static void model_hopper(void) {
    material = (Material){"0.9 0.005 0.0001", "0.02 1", "0.8 0.8 0.01", "0.001", 1, 1, 1, 1000};
    head("timestep='0.002' integrator='RK4' gravity='0 0 -9.81'", "");
    floor_plane("1 0.005 0.0001", 3);
    body(0, 0, 1.25);
    planar_root(1.25);
    capsule(0.05, 0.2, 0, 0, 0, 0, 0, 1, material.friction);
    leg_chain("", 0.13, 0.195, 1, 1, "2 0.005 0.0001");
    end();
    motors_begin(); motor("thigh", 200, 1); motor("leg", 200, 1); motor("foot", 200, 1); motors_end();
}

static void model_walker(void) {
    material = (Material){"0.9 0.1 0.1", "0.02 1", "0.9 0.95 0.001", "0", 3, 1, 0, 1000};
    head("timestep='0.002' integrator='RK4' gravity='0 0 -9.81'", "");
    floor_plane("0.7 0.1 0.1", 3);
    body(0, 0, 1.25);
    planar_root(1.25);
    capsule(0.05, 0.2, 0, 0, 0, 0, 0, 1, material.friction);
    leg_chain("", 0.2, 0.1, 0.1, 0.01, material.friction);
    leg_chain("_left", 0.2, 0.1, 0.1, 0.01, "1.9 0.1 0.1");
    end();
    motors_begin();
    const char *joints[] = {"thigh", "leg", "foot", "thigh_left", "leg_left", "foot_left"};
    for (int i = 0; i < 6; i++) motor(joints[i], 100, 1);
    motors_end();
}

static void model_cheetah(void) {
    material = (Material){"0.4 0.1 0.1", "0.02 1", "0 0.8 0.01", "0", 3, 1, 0, 1000};
    head("timestep='0.01' integrator='Euler' gravity='0 0 -9.81'", "settotalmass='14' inertiafromgeom='true'");
    floor_plane(material.friction, 3);
    body(0, 0, 0.7);
    planar_root(0);
    capsule(0.046, 0.5, 0, 0, 0, 1, 0, 0, material.friction);
    capsule(0.046, 0.15, 0.6, 0, 0.1, sin(0.87), 0, cos(0.87), material.friction);
    static const struct { const char *name; double x, z, half, cx, cz, angle, low, high, damping, stiffness, gear; int closes; } part[] = {
        {"bthigh", -0.5, 0, 0.145, 0.1, -0.13, -3.8, -0.52, 1.05, 6, 240, 120, 0},
        {"bshin", 0.16, -0.25, 0.15, -0.14, -0.07, -2.03, -0.785, 0.785, 4.5, 180, 90, 0},
        {"bfoot", -0.28, -0.14, 0.094, 0.03, -0.097, -0.27, -0.4, 0.785, 3, 120, 60, 3},
        {"fthigh", 0.5, 0, 0.133, -0.07, -0.12, 0.52, -1, 0.7, 4.5, 180, 120, 0},
        {"fshin", -0.14, -0.24, 0.106, 0.065, -0.09, -0.6, -1.2, 0.87, 3, 120, 60, 0},
        {"ffoot", 0.13, -0.18, 0.07, 0.045, -0.07, -0.6, -0.5, 0.5, 1.5, 60, 30, 3},
    };
    for (int i = 0; i < 6; i++) {
        body(part[i].x, 0, part[i].z);
        joint_of("hinge", part[i].name, "0 0 0", "0 1 0", part[i].low, part[i].high, part[i].stiffness, part[i].damping, 0.1, "solreflimit='0.02 1' solimplimit='0 0.8 0.03'");
        capsule(0.046, part[i].half, part[i].cx, 0, part[i].cz, sin(part[i].angle), 0, cos(part[i].angle), material.friction);
        for (int k = 0; k < part[i].closes; k++) end();
    }
    end();
    motors_begin();
    for (int i = 0; i < 6; i++) motor(part[i].name, part[i].gear, 1);
    motors_end();
}

static void model_ant(void) {
    static const int sx[] = {1, -1, -1, 1}, sy[] = {1, 1, -1, -1};
    char name[20];
    material = (Material){"1 0.5 0.5", "0.02 1", "0.9 0.95 0.001", "0.01", 3, 1, 0, 5};
    head("timestep='0.01' integrator='RK4' gravity='0 0 -9.81'", "");
    floor_plane(material.friction, 3);
    body(0, 0, 0.75);
    fprintf(xml, "<freejoint name='root'/>");
    sphere(0.25, 0, 0, 0);
    for (int leg = 0; leg < 4; leg++) {
        double x = 0.2 * sx[leg], y = 0.2 * sy[leg];
        body(0, 0, 0);
        between(0.08, 0, 0, 0, x, y, 0);
        body(x, y, 0);
        snprintf(name, sizeof name, "hip%d", leg + 1);
        hinge(name, "0 0 0", "0 0 1", degree(-30), degree(30), 0, 1, 1);
        between(0.08, 0, 0, 0, x, y, 0);
        body(x, y, 0);
        snprintf(name, sizeof name, "ankle%d", leg + 1);
        int outer = leg == 0 || leg == 3;
        hinge(name, "0 0 0", leg % 2 == 0 ? "-1 1 0" : "1 1 0", degree(outer ? 30 : -70), degree(outer ? 70 : -30), 0, 1, 1);
        between(0.08, 0, 0, 0, 2 * x, 2 * y, 0);
        end(); end(); end();
    }
    end();
    motors_begin();
    const char *joints[] = {"hip4", "ankle4", "hip1", "ankle1", "hip2", "ankle2", "hip3", "ankle3"};
    for (int i = 0; i < 8; i++) motor(joints[i], 150, 1);
    motors_end();
}

static void humanoid_leg(int side) {   // -1 right, +1 left
    char name[40];
    const char *s = side < 0 ? "right" : "left";
    int right = side < 0;
#define JOINT(part, anchor, axis, low, high, stiffness, damping, armature) \
    snprintf(name, sizeof name, "%s_" part, s); hinge(name, anchor, axis, degree(low), degree(high), stiffness, damping, armature)
    body(0, 0.1 * side, -0.04);
    JOINT("hip_x", "0 0 0", right ? "1 0 0" : "-1 0 0", -25, 5, 10, 5, 0.01);
    JOINT("hip_z", "0 0 0", right ? "0 0 1" : "0 0 -1", -60, 35, 10, 5, 0.01);
    JOINT("hip_y", "0 0 0", "0 1 0", -110, 20, 20, 5, right ? 0.008 : 0.01);
    between(0.06, 0, 0, 0, 0, -0.01 * side, -0.34);
    body(0, -0.01 * side, -0.403);
    JOINT("knee", "0 0 0.02", "0 -1 0", -160, -2, right ? 0 : 1, 1, 0.006);
    between(0.049, 0, 0, 0, 0, 0, -0.3);
    body(0, 0, -0.45);
    sphere(0.075, 0, 0, 0.1);
    end(); end(); end();
}

static void humanoid_arm(int side) {
    char name[40];
    const char *s = side < 0 ? "right" : "left";
    int right = side < 0;
    double low = right ? -85 : -60, high = right ? 60 : 85;
    body(0, 0.17 * side, 0.06);
    JOINT("shoulder1", "0 0 0", right ? "2 1 1" : "2 -1 1", low, high, 1, 1, 0.0068);
    JOINT("shoulder2", "0 0 0", right ? "0 -1 1" : "0 1 1", low, high, 1, 1, 0.0051);
    between(0.04, 0, 0, 0, 0.16, 0.16 * side, -0.16);
    body(0.18, 0.18 * side, -0.18);
    JOINT("elbow", "0 0 0", right ? "0 -1 1" : "0 -1 -1", -90, 50, 0, 1, 0.0028);
    between(0.031, 0.01, -0.01 * side, 0.01, 0.17, -0.17 * side, 0.17);
    sphere(0.04, 0.18, -0.18 * side, 0.18);
    end(); end();
}

static void model_humanoid(void) {
    material = (Material){"1 0.005 0.0001", "0.02 1", "0.9 0.95 0.001", "0.001", 1, 1, 1, 1000};
    head("timestep='0.003' integrator='RK4' solver='PGS' iterations='50' gravity='0 0 -9.81'", "");
    floor_plane("1 0.1 0.1", 3);
    body(0, 0, 1.4);
    fprintf(xml, "<freejoint name='root'/>");
    capsule(0.07, 0.07, 0, 0, 0, 0, 1, 0, material.friction);
    sphere(0.09, 0, 0, 0.19);
    capsule(0.06, 0.06, -0.01, 0, -0.12, 0, 1, 0, material.friction);
    tilted(-0.01, 0, -0.26, "1 0 -0.002 0");
    hinge("abdomen_z", "0 0 0.065", "0 0 1", degree(-45), degree(45), 20, 5, 0.02);
    hinge("abdomen_y", "0 0 0.065", "0 1 0", degree(-75), degree(30), 10, 5, 0.02);
    capsule(0.06, 0.06, 0, 0, 0, 0, 1, 0, material.friction);
    tilted(0, 0, -0.165, "1 0 -0.002 0");
    hinge("abdomen_x", "0 0 0.1", "1 0 0", degree(-35), degree(35), 10, 5, 0.02);
    capsule(0.09, 0.07, -0.02, 0, 0, 0, 1, 0, material.friction);
    humanoid_leg(-1);
    humanoid_leg(1);
    end(); end();
    humanoid_arm(-1);
    humanoid_arm(1);
    end();
    motors_begin();
    static const struct { const char *name; double gear; } list[] = {
        {"abdomen_y", 100}, {"abdomen_z", 100}, {"abdomen_x", 100},
        {"right_hip_x", 100}, {"right_hip_z", 100}, {"right_hip_y", 300}, {"right_knee", 200},
        {"left_hip_x", 100}, {"left_hip_z", 100}, {"left_hip_y", 300}, {"left_knee", 200},
        {"right_shoulder1", 25}, {"right_shoulder2", 25}, {"right_elbow", 25}, {"left_shoulder1", 25}, {"left_shoulder2", 25}, {"left_elbow", 25}};
    for (int i = 0; i < 17; i++) motor(list[i].name, list[i].gear, 0.4);
    motors_end();
}

// ---- tasks ----
typedef enum { PENDULUM, DOUBLE, REACHER, HOPPER, WALKER, CHEETAH, ANT, HUMANOID } Task;
static const struct { const char *id; void (*model)(void); int frame_skip; double limit, noise_q, noise_v; } tasks[] = {
    {"InvertedPendulum", model_pendulum, 2, 3, 0.01, 0.01},
    {"InvertedDoublePendulum", model_double_pendulum, 5, 1, 0.1, 0.1},
    {"Reacher", model_reacher, 2, 1, 0.1, 0.005},
    {"Hopper", model_hopper, 4, 1, 0.005, 0.005},
    {"Walker2d", model_walker, 4, 1, 0.005, 0.005},
    {"HalfCheetah", model_cheetah, 5, 1, 0.1, 0.1},
    {"Ant", model_ant, 5, 1, 0.1, 0.1},
    {"Humanoid", model_humanoid, 5, 0.4, 0.01, 0.01},
};

static mjModel *m;
static mjData *d;

static double mass_centre_x(void) {
    double sum = 0, mass = 0;
    for (int i = 0; i < m->nbody; i++) { sum += m->body_mass[i] * d->xipos[3 * i]; mass += m->body_mass[i]; }
    return sum / mass;
}

static double reach(void) {   // bodies: 3 is the fingertip, 4 the target
    double x = d->xpos[9] - d->xpos[12], y = d->xpos[10] - d->xpos[13], z = d->xpos[11] - d->xpos[14];
    return sqrt(x * x + y * y + z * z);
}

static double squares(const double *a, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * a[i]; return s; }

static void start(Task task) {
    mj_resetData(m, d);
    for (int i = 0; i < m->nq; i++) d->qpos[i] += tasks[task].noise_q * draw();
    for (int i = 0; i < m->nv; i++) d->qvel[i] += tasks[task].noise_v * draw();
    if (task == REACHER) d->qvel[2] = d->qvel[3] = 0;
    mj_forward(m, d);
}

static double step(Task task, const double *a) {
    double x = d->qpos[0], torso = d->xpos[3], centre = mass_centre_x(), distance = task == REACHER ? reach() : 0;
    double dt = m->opt.timestep * tasks[task].frame_skip;
    mju_copy(d->ctrl, a, m->nu);
    for (int i = 0; i < tasks[task].frame_skip; i++) mj_step(m, d);
    double cost = squares(a, m->nu);
    switch (task) {
    case PENDULUM: return 1;
    case DOUBLE: {
        double tx = d->site_xpos[0], ty = d->site_xpos[2];
        return 10 - (0.01 * tx * tx + (ty - 2) * (ty - 2)) - (1e-3 * d->qvel[1] * d->qvel[1] + 5e-3 * d->qvel[2] * d->qvel[2]);
    }
    case REACHER: return -distance - cost;
    case HOPPER: case WALKER: return (d->qpos[0] - x) / dt + 1 - 1e-3 * cost;
    case CHEETAH: return (d->qpos[0] - x) / dt - 0.1 * cost;
    case ANT: return (d->xpos[3] - torso) / dt + 1 - 0.5 * cost;
    case HUMANOID: return 1.25 * (mass_centre_x() - centre) / dt + 5 - 0.1 * cost;
    }
    return NAN;
}

static int terminated(Task task) {
    switch (task) {
    case PENDULUM: return fabs(d->qpos[1]) > 0.2;
    case DOUBLE: return d->site_xpos[2] <= 1;
    case HOPPER: {
        for (int i = 2; i < m->nq; i++) if (!(fabs(d->qpos[i]) < 100)) return 1;
        for (int i = 0; i < m->nv; i++) if (!(fabs(d->qvel[i]) < 100)) return 1;
        return !(d->qpos[1] > 0.7 && fabs(d->qpos[2]) < 0.2);
    }
    case WALKER: return !(d->qpos[1] > 0.8 && d->qpos[1] < 2 && fabs(d->qpos[2]) < 1);
    case ANT: return !(d->qpos[2] >= 0.2 && d->qpos[2] <= 1);
    case HUMANOID: return !(d->qpos[2] > 1 && d->qpos[2] < 2);
    default: return 0;
    }
}

static void exact(FILE *f, const double *v, int n) { for (int i = 0; i < n; i++) fprintf(f, ",%.17g", v[i]); }
static void numbers(FILE *f, const double *v, int n) { for (int i = 0; i < n; i++) fprintf(f, ",%.13g", v[i]); }
static void clipped(FILE *f, const double *v, int n, double limit) { for (int i = 0; i < n; i++) fprintf(f, ",%.9g", fmax(-limit, fmin(limit, v[i]))); }
static void plain(FILE *f, const double *v, int n) { clipped(f, v, n, INFINITY); }

static void observation(FILE *f, Task task, int version, int number) {
    fprintf(f, "%s-v%d,%d", tasks[task].id, version, number);
    const double *q = d->qpos, *v = d->qvel;
    switch (task) {
    case PENDULUM: plain(f, q, 2); plain(f, v, 2); break;
    case DOUBLE: fprintf(f, ",%.9g,%.9g,%.9g,%.9g,%.9g", q[0], sin(q[1]), sin(q[2]), cos(q[1]), cos(q[2])); clipped(f, v, 3, 10); clipped(f, d->qfrc_constraint, 3, 10); break;
    case REACHER:
        fprintf(f, ",%.9g,%.9g,%.9g,%.9g", cos(q[0]), cos(q[1]), sin(q[0]), sin(q[1]));
        plain(f, q + 2, 2); plain(f, v, 2);
        for (int i = 0; i < 3; i++) fprintf(f, ",%.9g", d->xpos[9 + i] - d->xpos[12 + i]);
        break;
    case HOPPER: case WALKER: plain(f, q + 1, m->nq - 1); clipped(f, v, m->nv, 10); break;
    case CHEETAH: plain(f, q + 1, m->nq - 1); plain(f, v, m->nv); break;
    case ANT: plain(f, q + 2, 13); plain(f, v, 14); if (version == 2) for (int i = 0; i < 84; i++) fprintf(f, ",0"); break;
    case HUMANOID:
        plain(f, q + 2, 22); plain(f, v, 23); plain(f, d->cinert, 140); plain(f, d->cvel, 84); plain(f, d->qfrc_actuator, 23); plain(f, d->cfrc_ext, 84);
    }
    fprintf(f, "\n");
}

static void run(const char *folder, Task task, int version, FILE *seen) {
    char path[1000], error[1000];
    snprintf(path, sizeof path, "%s/model.xml", folder);
    xml = fopen(path, "w");
    tasks[task].model();
    fclose(xml);
    m = mj_loadXML(path, NULL, error, sizeof error);
    remove(path);
    if (!m) { fprintf(stderr, "%s: %s\n", tasks[task].id, error); exit(1); }
    d = mj_makeData(m);
    FILE *f = NULL;
    if (version == 4) {
        snprintf(path, sizeof path, "%s/%s.csv", folder, tasks[task].id);
        f = fopen(path, "w");
        fprintf(f, "kind: start has qpos and qvel; step has action, qpos, qvel, reward, terminated\n");
    }
    state = 20200131u + task;
    int fresh = 1;
    double a[32];
    for (int t = 1; t <= 200; t++) {
        if (fresh || (t > 100 && t % 20 == 1) || (task == REACHER && t % 50 == 1)) {
            start(task);
            if (f) { fprintf(f, "start"); exact(f, d->qpos, m->nq); exact(f, d->qvel, m->nv); fprintf(f, "\n"); }
            if (t == 1) observation(seen, task, version, 0);
        }
        for (int i = 0; i < m->nu; i++) a[i] = (float)(tasks[task].limit * draw() * (t > 100 ? 1 : 0.25));
        double reward = step(task, a);
        if (version == 4) mj_rnePostConstraint(m, d);
        fresh = terminated(task);
        if (f) {
            fprintf(f, "step"); plain(f, a, m->nu); numbers(f, d->qpos, m->nq); numbers(f, d->qvel, m->nv);
            fprintf(f, ",%.13g,%d\n", reward, fresh);
        }
        if (t == 1 || t == 3 || t == 40 || t == 110) observation(seen, task, version, t);
    }
    if (f) fclose(f);
    mj_deleteData(d);
    mj_deleteModel(m);
}

int main(int count, char **arguments) {
    if (count != 2) { fprintf(stderr, "usage: trajectories FOLDER\n"); return 2; }
    char path[1000];
    snprintf(path, sizeof path, "%s/observations.csv", arguments[1]);
    FILE *seen = fopen(path, "w");
    fprintf(seen, "id, step, observation\n");
    for (Task task = PENDULUM; task <= HUMANOID; task++) { run(arguments[1], task, 2, seen); run(arguments[1], task, 4, seen); }
    fclose(seen);
    return 0;
}
