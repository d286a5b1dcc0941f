// Answers like the registry of npm for a package that does not exist.
const http = require('node:http');
http
  .createServer((request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'Not found' }));
  })
  .listen(4873, '127.0.0.1', () => process.stdout.write('ready\n'));
