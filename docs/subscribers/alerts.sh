#!/bin/sh
# Alerts from the beginning with kcat (Debian: apt-get install kcat): key, headers, value. -e ends where the stream ends.
# docs/subscribers/alerts.sh localhost:9092 [-e]
exec kcat -C -q -b "${1:-localhost:9092}" -t newsmon.alerts.policy-shift.v1 -o beginning -f '%k\t%h\t%s\n' ${2:+"$2"}
