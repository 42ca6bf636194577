#!/bin/sh
# What the container runs: VS Code in the browser, on the project in /workspace.
set -eu
own=/opt/ratatouille
state=$HOME/.local/share/ratatouille
user_data=$HOME/.local/share/code-server
umask 077

if [ ! -w /workspace ]; then
  owner=$(stat -c %u /workspace) group=$(stat -c %g /workspace)
  cat >&2 <<END
The project's folder belongs to user number $owner, but this container runs as $(id -u), so nothing could be saved.
Start it as the owner of the folder:

  RATATOUILLE_UID=$owner RATATOUILLE_GID=$group docker compose up

or write these two lines into a file named .env beside compose.yaml: RATATOUILLE_UID=$owner and RATATOUILLE_GID=$group
END
  exit 1
fi

if ! mkdir -p "$state" "$user_data/User" || [ ! -w "$state" ]; then
  cat >&2 <<END
What the editor remembers belongs to another user number than $(id -u), which this container runs as now.
Start it with the number from before, or let it forget its password and settings (never your project):

  docker compose down --volumes
END
  exit 1
fi
[ -e "$user_data/User/settings.json" ] || cp "$own/settings.json" "$user_data/User/settings.json"
# An empty folder becomes a project; any other is opened as it is.
if [ -z "$(ls -A /workspace)" ]; then
  (umask 022 && ratatouille init /workspace --name "My first project" >/dev/null)
fi

if [ -n "${RATATOUILLE_PASSWORD:-}" ]; then
  PASSWORD=$RATATOUILLE_PASSWORD
  shown='the one in RATATOUILLE_PASSWORD'
elif [ -s "$state/password" ]; then
  PASSWORD=$(cat "$state/password")
  shown="the one of the first start; docker compose exec editor cat $state/password"
else
  PASSWORD=$(node -p 'crypto.randomBytes(15).toString("base64url")')
  printf '%s\n' "$PASSWORD" >"$state/password"
  shown="$PASSWORD   (made just now, and not shown again)"
fi
export PASSWORD
unset RATATOUILLE_PASSWORD

cat <<END

  Ratatouille is at   http://127.0.0.1:${RATATOUILLE_PORT:-8080}
  Password:           $shown
  To stop it:         docker compose down

END

umask 022
exec code-server \
  --bind-addr 0.0.0.0:8080 \
  --auth password \
  --app-name Ratatouille \
  --user-data-dir "$user_data" \
  --extensions-dir /opt/extensions \
  --disable-telemetry \
  --disable-update-check \
  --disable-workspace-trust \
  --disable-getting-started-override \
  /workspace
