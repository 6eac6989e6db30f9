// node converse.js PORT PROTOCOL CA [cert FILE] [later TEXT] [lines N]: sends the input, over TLS if a
// protocol is given. Then ends its side: at once; or, with "later", when the other side has ended, after
// it has sent the text; or, with "lines", when it was answered so many. Prints what is answered, and how the connection ends: "end", or the code of the error.
const fs = require("fs");
const [port, protocol, ca, ...more] = process.argv.slice(2);
const given = name => more.includes(name) ? more[more.indexOf(name) + 1] : undefined;
const pem = given("cert") && fs.readFileSync(given("cert"));
const input = fs.readFileSync(0);
const later = given("later");
const lines = Number(given("lines") || 0);
let answered = 0;

const where = { port: Number(port), host: "127.0.0.1", allowHalfOpen: true };
const socket = protocol === ""
  ? require("net").connect(where)
  : require("tls").connect({
      ...where,
      ca: fs.readFileSync(ca),
      cert: pem,
      key: pem,
      servername: "localhost",
      minVersion: protocol,
      maxVersion: protocol,
    });
socket.setTimeout(20000, () => socket.destroy(new Error("no end within 20 s")));
socket.on("data", chunk => {
  process.stdout.write(chunk);
  answered += chunk.toString().split("\n").length - 1;
  if (lines > 0 && answered === lines) {
    socket.end();
  }
});
socket.on("end", () => {
  process.stdout.write("end\n");
  if (later !== undefined) {
    socket.end(later);
  }
});
socket.on("error", error => process.stdout.write((error.code || String(error)) + "\n"));
socket.on(protocol === "" ? "connect" : "secureConnect", () => {
  if (later === undefined && lines === 0) {
    socket.end(input);
  } else {
    socket.write(input);
  }
});
