#!/usr/bin/env bash
# A real Apache Kafka (KRaft) on this machine, without Docker: loopback only, for tests and laptops.
# In: a JVM (17+) and Maven. Out: one node or three, with or without TLS and SASL/SCRAM. See README.md.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
VERSION=${KAFKA_VERSION:-$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$HERE/pom.xml")}
CACHE=${KAFKA_CACHE:-$HOME/.cache/newsmon/kafka-$VERSION}
DIR=.kafka PORT=9092 NODES=1 ONLY='' SECURE=no

usage() {
  cat <<TEXT
usage: kafka.sh fetch | start | stop | status   [options]
  --dir D      where data, logs and secrets are kept   (default .kafka)
  --port P     first port of a block of three per node (default 9092): P clients, P+1 controller, P+2 TLS with SASL
  --nodes N    1 or 3                                  (default 1)
  --node I     start or stop only node I               (1..N)
  --secure     adds the TLS listener, users with SCRAM passwords, and the ACL authorizer
The jars are kept in $CACHE (KAFKA_CACHE, KAFKA_VERSION).
TEXT
}

fetch() {
  [ -e "$CACHE/kafka_2.13-$VERSION.jar" ] && return
  local fresh="$CACHE.part.$$"
  mkdir -p "$fresh"
  mvn -q -B -f "$HERE/pom.xml" -Dkafka.version="$VERSION" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$fresh"
  mv -T "$fresh" "$CACHE" 2>/dev/null || rm -rf "$fresh" # another fetch was first
}

# exec: the pid we keep must be the JVM's own, not that of a shell around it. Call it in a subshell or in the background.
jvm() { exec java -Dlog4j2.configurationFile="$HERE/log4j2.properties" "$@"; }
port() { echo $((PORT + 3 * ($1 - 1) + $2)); } # node, offset in its block
each() { if [ -n "$ONLY" ]; then echo "$ONLY"; else seq 1 "$NODES"; fi; }
joined() { local IFS=,; echo "$*"; }

alive() { # node. A process that only waits to be reaped (a container whose first process does not) is dead.
  local pid
  pid=$(cat "$DIR/node-$1/pid" 2>/dev/null) || return 1
  case $(ps -o stat= -p "$pid") in '' | Z*) return 1 ;; esac
}

voters() {
  local all=() i
  for i in $(seq 1 "$NODES"); do all+=("$i@127.0.0.1:$(port "$i" 1)"); done
  joined "${all[@]}"
}

bootstrap() { # offset in the block
  local all=() i
  for i in $(seq 1 "$NODES"); do all+=("127.0.0.1:$(port "$i" "$1")"); done
  joined "${all[@]}"
}

properties() { # node
  local plain controller copies=$NODES
  plain=$(port "$1" 0) controller=$(port "$1" 1)
  cat <<CONF
process.roles=broker,controller
node.id=$1
controller.quorum.voters=$(voters)
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL
log.dirs=$DIR/node-$1/data
auto.create.topics.enable=false
num.partitions=1
default.replication.factor=$copies
min.insync.replicas=$((copies > 1 ? 2 : 1))
offsets.topic.replication.factor=$copies
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$((copies > 1 ? 2 : 1))
transaction.state.log.num.partitions=2
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
controlled.shutdown.enable=true
# A broker that was killed may register again after this; Kafka's own 9 s make every fault test wait.
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
CONF
  if [ "$SECURE" = no ]; then
    echo "listeners=PLAINTEXT://127.0.0.1:$plain,CONTROLLER://127.0.0.1:$controller"
    echo "advertised.listeners=PLAINTEXT://127.0.0.1:$plain"
  else
    secure_properties "$1" "$plain" "$controller"
  fi
}

# shellcheck source=deploy/kafka/secure.sh
. "$HERE/secure.sh"

cluster_id() {
  # 16 random bytes as Kafka writes them; a leading "-" would read as an option.
  [ -s "$DIR/cluster.id" ] || head -c 16 /dev/urandom | base64 | tr '+/' 'Ab' | tr -d '=\n' >"$DIR/cluster.id"
  cat "$DIR/cluster.id"
}

format() { # node
  local users=()
  [ "$SECURE" = no ] || mapfile -t users < <(scram_options)
  # shellcheck disable=SC2094 # the tool reads the finished file
  (jvm -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CACHE/*" kafka.tools.StorageTool format \
    --ignore-formatted -t "$(cluster_id)" -c "$DIR/node-$1/server.properties" "${users[@]}") \
    >"$DIR/node-$1/format.log" 2>&1 || { cat "$DIR/node-$1/format.log" >&2; return 1; }
}

launch() { # node
  local home="$DIR/node-$1"
  mkdir -p "$home"
  properties "$1" >"$home/server.properties"
  [ -f "$home/data/meta.properties" ] || format "$1"
  # C1 only and the serial collector: starts in half the time, enough for tests.
  jvm -Xms128m -Xmx"${KAFKA_HEAP:-512m}" -XX:TieredStopAtLevel="${KAFKA_TIER:-1}" -XX:+UseSerialGC \
    -cp "$CACHE/*" kafka.Kafka "$home/server.properties" </dev/null >"$home/log" 2>&1 &
  echo $! >"$home/pid"
}

await() { # node
  local tries=0
  until grep -q 'Kafka Server started' "$DIR/node-$1/log"; do
    alive "$1" || { tail -n 20 "$DIR/node-$1/log" >&2; echo "node $1 ended, see $DIR/node-$1/log" >&2; return 1; }
    [ $((tries += 1)) -lt 600 ] || { echo "node $1 is not up after 60 s" >&2; return 1; }
    sleep 0.1
  done
}

start() {
  fetch
  mkdir -p "$DIR"
  DIR=$(cd "$DIR" && pwd)
  [ "$SECURE" = no ] || certificates
  local i
  for i in $(each); do alive "$i" || launch "$i"; done
  for i in $(each); do await "$i"; done
  status
}

stop() {
  local i
  for i in $(each); do alive "$i" && kill "$(cat "$DIR/node-$i/pid")"; done
  for i in $(each); do
    while alive "$i"; do sleep 0.1; done
    rm -f "$DIR/node-$i/pid"
  done
}

status() {
  local i up=0
  for i in $(seq 1 "$NODES"); do
    if alive "$i"; then up=$((up + 1)) && echo "node $i: pid $(cat "$DIR/node-$i/pid")"; else echo "node $i: down"; fi
  done
  echo "bootstrap: $(bootstrap 0)"
  [ "$SECURE" = no ] || echo "bootstrap with TLS and SASL: $(bootstrap 2)"
  [ "$up" -gt 0 ]
}

COMMAND=${1:-help}
[ $# -eq 0 ] || shift
while [ $# -gt 0 ]; do
  case $1 in
    --dir) DIR=$2; shift 2 ;;
    --port) PORT=$2; shift 2 ;;
    --nodes) NODES=$2; shift 2 ;;
    --node) ONLY=$2; shift 2 ;;
    --secure) SECURE=yes; shift ;;
    *) usage >&2; exit 2 ;;
  esac
done
case $COMMAND in
  fetch | start | stop | status) "$COMMAND" ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
