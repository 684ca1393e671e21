// Says in one line when Node is too old, before anything fails in a way that does not say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  console.error(
    `This project needs Node 22.17 or newer; this is Node ${process.versions.node}. Install a newer Node, or on Linux run "npm ci" with optional dependencies.`,
  );
  process.exit(1);
}
