#!/bin/sh
# Runs npm with a registry that knows no package.
node /usr/local/lib/registry.cjs > /tmp/registry-log 2>&1 &
server=$!
while ! grep -q ready /tmp/registry-log; do sleep 0.1; done
npm_config_registry=http://127.0.0.1:4873/ npm_config_update_notifier=false /usr/bin/npm "$@"
code=$?
kill "$server"
rm -f /tmp/registry-log
exit "$code"
