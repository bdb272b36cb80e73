# shellcheck shell=bash
# Sourced by scripts/test and scripts/bench: start_services starts a PostgreSQL and a Redis in a temporary folder and
# points DATABASE_URL, REDIS_URL and VAR_DIR there. Both stop, and the folder goes, when the script ends.

start_services() {
  services=$(mktemp -d)
  trap stop_services EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  start_postgres || { cat "$services"/*.log >&2; die "PostgreSQL did not start."; }
  start_redis || { cat "$services"/*.log >&2; die "Redis did not start."; }
  export DATABASE_URL="postgres://portal@${services//\//%2F}/portal" # a folder as host: the socket in it
  export REDIS_URL="redis://127.0.0.1:$redis_port/0"
  export VAR_DIR="$services/var"
  mkdir "$VAR_DIR"
}

stop_services() {
  (cd "$services" && "${as_postgres[@]}" "$postgres_bin/pg_ctl" --pgdata=data --mode=immediate stop) &>/dev/null || true
  redis-cli -p "${redis_port:-0}" shutdown nosave &>/dev/null || true
  rm -rf "$services"
}

# Listens on a socket in its folder only; "portal" is a superuser there, so a test may make further databases.
start_postgres() {
  postgres_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  as_postgres=()
  if [ "$(id -u)" = 0 ]; then # as whom PostgreSQL refuses to run
    as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$services"
  fi
  (
    cd "$services" || exit
    "${as_postgres[@]}" "$postgres_bin/initdb" --pgdata=data --username=portal --auth=trust \
      --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 || exit
    cat >>data/postgresql.conf <<END
listen_addresses = ''
unix_socket_directories = '$services'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
END
    "${as_postgres[@]}" "$postgres_bin/pg_ctl" --pgdata=data --log=postgres.log --wait start >pg_ctl.log 2>&1 || exit
    "$postgres_bin/createdb" --host="$services" --username=portal portal
  )
}

start_redis() {
  redis_port=$(.venv/bin/python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
  redis-server --port "$redis_port" --bind 127.0.0.1 --save "" --appendonly no --daemonize yes \
    --dir "$services" --logfile "$services/redis.log" >/dev/null
  for _ in {1..100}; do
    [ "$(redis-cli -p "$redis_port" ping 2>/dev/null)" = PONG ] && return
    sleep 0.1
  done
  return 1
}
