// Golden trajectories of the lunar lander from the real Box2D 2.4 (npm's box2d-wasm 7.0.0, compiled from Erin Catto's C++).
//
// Makes lunar-lander.csv and lunar-lander-terrain.csv beside this file:
//     npm install --prefix SOME_FOLDER box2d-wasm@7.0.0
//     node lunar-lander.mjs SOME_FOLDER
// World, shapes, joints and impulses are written from the published description of LunarLanderContinuous, independently of the C# code.
// Each line is one step: what was commanded, and where everything was after the step.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(resolve(process.argv[2] ?? '.'), 'package.json'));
// The build without SIMD, whose arithmetic is plain float32; handed its binary, because its loader takes Node's fetch for a browser's.
const build = require.resolve('box2d-wasm/dist/umd/Box2D.js');
const box2D = await require(build)({ wasmBinary: readFileSync(build.replace(/js$/, 'wasm')) });
const { b2World, b2Vec2, b2BodyDef, b2FixtureDef, b2PolygonShape, b2EdgeShape, b2RevoluteJointDef, JSContactListener, getPointer, wrapPointer } = box2D;
const HERE = dirname(fileURLToPath(import.meta.url));

const SCALE = 30, W = 600 / SCALE, H = 400 / SCALE, CHUNKS = 11;
const LANDER = [[-14, 17], [-17, 0], [-17, -10], [17, -10], [17, 0], [14, 17]];

function random(seed) {                      // mulberry32: any reproducible numbers do here
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function makeWorld(heights) {
  const world = new b2World(new b2Vec2(0, -10));
  const groundDef = new b2BodyDef();
  const moon = world.CreateBody(groundDef);
  const edge = (x1, y1, x2, y2, friction) => {
    const shape = new b2EdgeShape();
    shape.SetTwoSided(new b2Vec2(x1, y1), new b2Vec2(x2, y2));
    const def = new b2FixtureDef();
    def.set_shape(shape);
    def.set_density(0);
    if (friction !== undefined) def.set_friction(friction);
    moon.CreateFixture(def);
  };
  const h = [...heights];
  for (let i = Math.floor(CHUNKS / 2) - 2; i <= Math.floor(CHUNKS / 2) + 2; i++) h[i] = H / 4;
  const y = Array.from({ length: CHUNKS }, (_, i) => 0.33 * (h[(i + h.length - 1) % h.length] + h[i] + h[i + 1]));
  edge(0, 0, W, 0);
  for (let i = 0; i < CHUNKS - 1; i++) edge(2 * i, y[i], 2 * (i + 1), y[i + 1], 0.1);

  const body = (x, yy, angle, shape, density, friction, category) => {
    const def = new b2BodyDef();
    def.set_type(box2D.b2_dynamicBody);
    def.set_position(new b2Vec2(x, yy));
    def.set_angle(angle);
    const made = world.CreateBody(def);
    const fixture = new b2FixtureDef();
    fixture.set_shape(shape);
    fixture.set_density(density);
    if (friction !== undefined) fixture.set_friction(friction);
    fixture.set_restitution(0);
    fixture.get_filter().set_categoryBits(category);
    fixture.get_filter().set_maskBits(1);
    made.CreateFixture(fixture);
    return made;
  };
  const hull = new b2PolygonShape();
  const pointer = box2D._malloc(8 * LANDER.length);
  LANDER.forEach(([px, py], i) => {
    box2D.HEAPF32[pointer / 4 + 2 * i] = px / SCALE;
    box2D.HEAPF32[pointer / 4 + 2 * i + 1] = py / SCALE;
  });
  hull.Set(wrapPointer(pointer, b2Vec2), LANDER.length);
  const lander = body(W / 2, H, 0, hull, 5, 0.1, 0x10);
  const legs = [-1, 1].map(i => {
    const shape = new b2PolygonShape();
    shape.SetAsBox(2 / SCALE, 8 / SCALE);
    const leg = body(W / 2 - i * 20 / SCALE, H, i * 0.05, shape, 1, undefined, 0x20);
    const joint = new b2RevoluteJointDef();
    joint.set_bodyA(lander);
    joint.set_bodyB(leg);
    joint.set_localAnchorA(new b2Vec2(0, 0));
    joint.set_localAnchorB(new b2Vec2(i * 20 / SCALE, 18 / SCALE));
    joint.set_enableMotor(true);
    joint.set_enableLimit(true);
    joint.set_maxMotorTorque(40);
    joint.set_motorSpeed(0.3 * i);
    joint.set_lowerAngle(i === -1 ? 0.9 - 0.5 : -0.9);
    joint.set_upperAngle(i === -1 ? 0.9 : -0.9 + 0.5);
    world.CreateJoint(joint);
    return leg;
  });

  const flags = { crashed: false, contact: [false, false] };
  const listener = new JSContactListener();
  const touched = (contact, begins) => {
    const c = wrapPointer(contact, box2D.b2Contact);
    for (const other of [c.GetFixtureA().GetBody(), c.GetFixtureB().GetBody()]) {
      if (begins && getPointer(other) === getPointer(lander)) flags.crashed = true;
      legs.forEach((leg, i) => { if (getPointer(other) === getPointer(leg)) flags.contact[i] = begins; });
    }
  };
  listener.BeginContact = contact => touched(contact, true);
  listener.EndContact = contact => touched(contact, false);
  listener.PreSolve = () => {};
  listener.PostSolve = () => {};
  world.SetContactListener(listener);
  return { world, lander, legs, flags };
}

function fire(lander, main, side, d0, d1) {
  const angle = lander.GetAngle(), tip = [Math.sin(angle), Math.cos(angle)], across = [-tip[1], tip[0]];
  const position = [lander.GetPosition().get_x(), lander.GetPosition().get_y()];
  const push = (ox, oy, power, x, y) => lander.ApplyLinearImpulse(new b2Vec2(-ox * power, -oy * power), new b2Vec2(x, y), true);
  if (main > 0) {
    const ox = tip[0] * (4 / SCALE + 2 * d0) + across[0] * d1, oy = -tip[1] * (4 / SCALE + 2 * d0) - across[1] * d1;
    push(ox, oy, 13 * main, position[0] + ox, position[1] + oy);
  }
  if (side !== 0) {
    const away = 3 * d1 + Math.sign(side) * 12 / SCALE;
    const ox = tip[0] * d0 + across[0] * away, oy = -tip[1] * d0 - across[1] * away;
    push(ox, oy, 0.6 * Math.abs(side), position[0] + ox - tip[0] * 17 / SCALE, position[1] + oy + tip[1] * 14 / SCALE);
  }
}

function run(name, seed, steps, force, command, rows, terrain) {
  const next = random(seed);
  const heights = Array.from({ length: CHUNKS + 1 }, () => Math.fround(next() * H / 2));
  terrain.push([name, ...heights]);
  const { world, lander, legs, flags } = makeWorld(heights);
  lander.ApplyForceToCenter(new b2Vec2(force[0], force[1]), true);
  for (let step = 0; step < steps; step++) {
    // Rounded to float32, which 9 digits write exactly.
    const d = [(2 * next() - 1) / SCALE, (2 * next() - 1) / SCALE].map(Math.fround);
    const [main, side] = command(step, lander, flags, next).map(Math.fround);
    fire(lander, main, side, d[0], d[1]);
    world.Step(1 / 50, 180, 60);
    const place = b => [b.GetPosition().get_x(), b.GetPosition().get_y(), b.GetAngle(), b.GetLinearVelocity().get_x(), b.GetLinearVelocity().get_y(), b.GetAngularVelocity()];
    rows.push([name, step, step === 0 ? force[0] : 0, step === 0 ? force[1] : 0, main, side, ...d,
      ...place(lander), ...place(legs[0]), ...place(legs[1]), +flags.contact[0], +flags.contact[1], +flags.crashed, +lander.IsAwake()]);
    if (!lander.IsAwake()) break;
  }
}

const power = (a0, a1) => [a0 > 0 ? 0.5 + 0.5 * Math.min(a0, 1) : 0, Math.abs(a1) > 0.5 ? Math.sign(a1) * Math.min(Math.abs(a1), 1) : 0];

// Gymnasium's own demonstration controller, whose landing speed and tilt can be changed.
function pilot(sink, lean) {
  return (step, lander, flags) => {
    const s = [(lander.GetPosition().get_x() - W / 2) / (W / 2), (lander.GetPosition().get_y() - (H / 4 + 18 / SCALE)) / (H / 2),
      lander.GetLinearVelocity().get_x() * (W / 2) / 50, lander.GetLinearVelocity().get_y() * (H / 2) / 50,
      lander.GetAngle(), 20 * lander.GetAngularVelocity() / 50, +flags.contact[0], +flags.contact[1]];
    const target = Math.min(Math.max(s[0] * 0.5 + s[2], -0.4), 0.4) + (s[1] < 0.3 ? lean : 0);
    let angle = (target - s[4]) * 0.5 - s[5], hover = (0.55 * Math.abs(s[0]) - s[1]) * 0.5 - (s[3] + sink) * 0.5;
    if (s[6] || s[7]) { angle = 0; hover = -s[3] * 0.5; }
    return power(hover * 20 - 1, -angle * 20);
  };
}

const rows = [], terrain = [];
run('free-fall', 1, 60, [0, 0], () => [0, 0], rows, terrain);
run('free-fall-pushed', 2, 60, [700, -300], () => [0, 0], rows, terrain);
run('engines', 3, 60, [-200, 500], (step, lander, flags, next) => power(2 * next() - 0.6, 2 * next() - 1), rows, terrain);
run('main-engine', 4, 60, [0, 0], step => [step % 20 < 14 ? 1 : 0, 0], rows, terrain);
run('side-engines', 5, 60, [0, 0], step => [0, step < 12 ? 1 : step < 40 ? -0.7 : 0], rows, terrain);
run('crash', 6, 160, [0, 0], () => [0, 0], rows, terrain);
run('bounce', 7, 260, [50, 0], pilot(0.25, 0), rows, terrain);
run('sideways', 8, 260, [600, 0], pilot(0.1, 0.35), rows, terrain);
run('hillside', 9, 200, [1000, -400], () => [0, 0], rows, terrain);
run('landing', 10, 600, [300, -200], pilot(0, 0), rows, terrain);
run('landing-2', 11, 600, [-700, 400], pilot(0, 0), rows, terrain);

const body = b => ['x', 'y', 'angle', 'vx', 'vy', 'w'].map(c => `${b}_${c}`);
const text = v => typeof v === 'number' ? String(+v.toPrecision(9)) : v;
const header = ['scenario', 'step', 'fx', 'fy', 'main', 'side', 'd0', 'd1', ...body('lander'), ...body('leg1'), ...body('leg2'), 'contact1', 'contact2', 'crashed', 'awake'];
writeFileSync(join(HERE, 'lunar-lander.csv'), [header, ...rows].map(r => r.map(text).join(',')).join('\n') + '\n');
writeFileSync(join(HERE, 'lunar-lander-terrain.csv'), [['scenario', ...Array.from({ length: CHUNKS + 1 }, (_, i) => `h${i}`)], ...terrain].map(r => r.map(text).join(',')).join('\n') + '\n');
