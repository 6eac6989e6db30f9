// node send.js FRAMING PORT: sends each line of the input as a payload, prints the answers.
const net = require("net");
const [framing, port] = process.argv.slice(2);
const payloads = require("fs").readFileSync(0, "utf8").split("\n").map(line => Buffer.from(line));

function framed(payload) {
  if (framing === "lines") {
    return Buffer.concat([payload, Buffer.from("\n")]);
  }
  if (framing === "length") {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(payload.length);
    return Buffer.concat([length, payload]);
  }
  return payload;
}

// The numbers of all answers, in lines.
function understood(answers) {
  if (framing !== "length") {
    return answers.toString();
  }
  let lines = "";
  for (let at = 0; at < answers.length; at += 4 + answers.readUInt32BE(at)) {
    lines += answers.readUInt32BE(at + 4) + "\n";
  }
  return lines;
}

const socket = net.connect({ port: Number(port), host: "127.0.0.1", noDelay: true });
const chunks = [];
socket.on("data", chunk => chunks.push(chunk));
socket.on("error", error => { console.error(String(error)); process.exit(1); });
socket.on("close", () => process.stdout.write(understood(Buffer.concat(chunks))));
const all = Buffer.concat(payloads.map(framed));
for (let at = 0; at < 20; at++) {
  socket.write(all.subarray(at, at + 1)); // a payload begins in pieces
}
socket.end(all.subarray(20));
