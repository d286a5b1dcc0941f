import { describe, expect, test } from 'vitest';
import { isContinuation, levels, recognizeLevel } from './levels.ts';

const examples: readonly (readonly [level: string, line: string])[] = [
  ['error', '{"level":"error","msg":"x"}'],
  ['info', '{"level":30,"time":1700000000000,"msg":"pino"}'],
  ['fatal', '{"name":"bunyan","level":60,"msg":"x"}'],
  ['trace', '{"level":10}'],
  ['warn', '{"severity":"WARNING","message":"gcp"}'],
  ['error', '{"@timestamp":"2026-01-02T00:00:00Z","log.level":"ERROR","message":"ecs"}'],
  ['warn', '{"@t":"2026-01-02T00:00:00Z","@mt":"x","@l":"Warning"}'],
  ['debug', '{ "msg" : "x" , "lvl" : "dbug" }'],
  ['info', '{"t":{"$date":"2026-01-02"},"s":"I","c":"NETWORK","id":1,"msg":"mongo"}'],
  ['error', '{"message":"python","levelname":"ERROR"}'],
  ['none', '{"msg":"no level","error_count":0}'],
  ['warn', 'time="2026-01-02T03:04:05Z" level=warning msg="logrus"'],
  ['error', 'ts=2026-01-02T03:04:05Z caller=main.go:1 lvl=eror msg="x"'],
  ['info', 'level=INFO msg=slog'],
  ['error', '2026/01/02 03:04:05 [error] 12#12: *1 open() failed'],
  ['info', '2026/01/02 03:04:05 [notice] 1#1: nginx/1.27'],
  ['fatal', '2026/01/02 03:04:05 [emerg] 1#1: bind() failed'],
  ['error', '2026-01-02 03:04:05,123 ERROR [main] com.example.App - log4j'],
  ['warn', '2026-01-02 03:04:05.123  WARN 1 --- [main] o.s.b.Spring : boot'],
  ['info', '[2026-01-02T03:04:05,000][INFO ][o.e.n.Node] [node] elastic'],
  ['error', 'ERROR:root:python'],
  ['warn', 'WARNING:root:python'],
  ['fatal', '2026-01-02 03:04:05,123 - app - CRITICAL - python'],
  ['info', 'INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK'],
  ['error', 'E0102 15:04:05.678901       1 main.go:12] klog'],
  ['warn', 'W0102 15:04:05.678901       1 main.go:12] klog'],
  ['info', 'I0102 15:04:05.678901       1 main.go:12] klog with error in the text'],
  ['fatal', 'F0102 15:04:05.678901       1 main.go:12] klog'],
  ['error', '<11>Jan  2 03:04:05 host app: syslog'],
  ['debug', '<15>1 2026-01-02T03:04:05Z host app - - - syslog'],
  ['error', '[2026-01-02T03:04:05Z ERROR my_crate::x] env_logger'],
  ['info', '2026-01-02T03:04:05.123Z  INFO my_crate: tracing'],
  ['warn', '\u001b[2m2026-01-02T03:04:05Z\u001b[0m \u001b[33m WARN\u001b[0m my_crate: colors'],
  ['error', '[ERROR] bracketed'],
  ['warn', '[warn] bracketed'],
  ['error', '[Fri Jan 02 03:04:05 2026] [core:error] [pid 1] apache'],
  ['error', '2026-01-02T03:04:05.000000Z 1 [ERROR] [MY-010119] [Server] mysql'],
  ['warn', '2026-01-02T03:04:05.000000Z 0 [Warning] [MY-010068] mysql'],
  ['error', '2026-01-02 03:04:05.000 UTC [31] ERROR:  relation "x" does not exist'],
  ['fatal', '2026-01-02 03:04:05.000 UTC [31] FATAL:  password authentication failed'],
  ['none', '2026-01-02 03:04:05.000 UTC [1] LOG:  checkpoint starting: time'],
  ['warn', '1:M 02 Jan 2026 03:04:05.000 # Warning: redis'],
  ['info', '1:M 02 Jan 2026 03:04:05.000 * Ready to accept connections'],
  ['error', 'fail: Microsoft.Hosting[0]'],
  ['info', 'info: Microsoft.Hosting.Lifetime[14]'],
  ['debug', 'D, [2026-01-02T03:04:05.123 #1] DEBUG -- : ruby'],
  ['fatal', 'SEVERE FATAL'.slice(7)],
  ['error', 'SEVERE: java.util.logging'],
  ['error', 'TimeoutError: no response from https://pay.example.com/v2/charges'],
  ['error', 'Traceback (most recent call last):'],
  ['error', 'panic: runtime error: index out of range'],
  ['error', "thread 'main' panicked at src/main.rs:2:5:"],
  ['error', 'npm ERR! code ELIFECYCLE'],
  ['error', 'Error: listen EADDRINUSE: address already in use :::3000'],
  ['info', '172.19.0.1 - - [02/Jan/2026:03:04:05 +0000] "GET / HTTP/1.1" 200 612 "-" "curl"'],
  ['warn', '172.19.0.1 "POST /api/orders HTTP/1.1" 502 157 "Mozilla/5.0"'],
  ['none', 'GET /errors/ERROR.html'],
  ['none', 'plain text about an error in the middle'],
  ['none', 'the information desk'],
  ['none', ''],
  ['info', '03:04:05 INF zerolog console'],
];

test.each(examples)('finds %s in %s', (level, line) => {
  expect(levels[recognizeLevel(line)]).toBe(level);
});

describe('a continuation', () => {
  test.each(['    at charge (/app/x.ts:1:2)', '\tat java', 'Caused by: x'])('is %s', (line) => {
    expect(isContinuation(line)).toBe(true);
  });
  test.each(['at once', '', '   '])('is not %j', (line) => {
    expect(isContinuation(line)).toBe(false);
  });
});

test('reads hostile lines in linear time', () => {
  // A quadratic expression would need minutes for these.
  for (const part of ['"level"', '[a', '[\t', ' ', '{"s":"', '<1', 'error', '"GET ', 'x.'])
    for (const start of ['', '{', '"']) recognizeLevel(start + part.repeat(200_000));
});
