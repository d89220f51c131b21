# Shared by the benchmarks: start and stop the built hub with its own data directory, and measure it.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=$(mktemp -d "${BENCH_DIR:-/dev/shm}/hub-bench.XXXXXX")
port=$((20000 + RANDOM % 12000))
url=http://127.0.0.1:$port
hub=

start_hub() {
  mkdir "$home/tmp"
  HUB_AUTH_ENABLED=${HUB_AUTH_ENABLED:-false} HUB_DATA_DIR=$home/data HUB_GATEWAY_PORT=$((port + 1)) \
    JAVA_OPTS="-Xlog:gc:file=$home/gc.log -Djava.io.tmpdir=$home/tmp ${JAVA_OPTS:-}" \
    "$top/deployment/hub" --port "$port" >"$home/hub.log" 2>&1 &
  hub=$!
  for _ in $(seq 300); do
    curl -sf -o /dev/null "$url/api/flist" && return
    kill -0 "$hub" 2>/dev/null || break
    sleep 1
  done
  cat "$home/hub.log" >&2
  exit 1
}

stop_hub() {
  [ -z "$hub" ] || kill "$hub" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$home"
}
trap stop_hub EXIT

# Peak resident memory since the last reset, in MiB.
reset_rss() { echo 5 >"/proc/$hub/clear_refs" 2>/dev/null || true; }
peak_rss() { awk '/VmHWM/ {printf "%d", $2 / 1024}' "/proc/$hub/status"; }

# The largest heap before and after a collection, in MiB, from the GC log after line $1.
peak_heap() {
  tail -n "+$(($1 + 1))" "$home/gc.log" | sed -nE 's/.* ([0-9]+)M->([0-9]+)M\(.*/\1 \2/p' \
    | awk '$1 > b {b = $1} $2 > a {a = $2} END {printf "%d/%d", b, a}'
}

# Bytes of temporary files in the work directory and the temporary directory of the server.
scratch_bytes() { du -sb "$home/data/work" "$home/tmp" 2>/dev/null | awk '{s += $1} END {print s + 0}'; }

# Writes the peak growth of temporary files to file $1, until killed.
watch_scratch() {
  local before most=0 now
  before=$(scratch_bytes)
  while sleep 0.2; do
    now=$(($(scratch_bytes) - before))
    [ "$now" -le "$most" ] || most=$now
    echo "$most" >"$1"
  done
}
