// Reads a TensorBoard event file with programs that know nothing of this kit: npm's tfrecord 0.2.0 checks the framing and both checksums of each record,
// protobufjs decodes the payload by TensorFlow's published field numbers (event.proto, summary.proto). Prints a JSON line for each record.
//     npm install --prefix SOME_FOLDER --ignore-scripts tfrecord@0.2.0
//     node read-events.mjs SOME_FOLDER events.out.tfevents.0.ddpg
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(join(resolve(process.argv[2]), 'package.json'));
const { RecordReader } = require('tfrecord/lib/record_reader.js');
const protobuf = require('protobufjs');

const Event = protobuf.parse(`
syntax = "proto3";
message Event {
  double wall_time = 1;
  int64 step = 2;
  oneof what { string file_version = 3; bytes graph_def = 4; Summary summary = 5; }
}
message Summary {
  message Value { string tag = 1; float simple_value = 2; }
  repeated Value value = 1;
}`, { keepCase: true }).root.lookupType('Event');

const reader = await RecordReader.create(process.argv[3]);
for (let record; (record = await reader.readRecord()) !== null;) {
    const { wall_time, step, file_version, summary } = Event.toObject(Event.decode(record), { longs: Number, defaults: false });
    console.log(JSON.stringify({ wall_time, step: step ?? 0, file_version, values: summary?.value }));
}
