#!/bin/sh
# The command `exhibit` of an installed Exhibit: opens the window, or runs a sub-command without one.
program=$(dirname -- "$(readlink -f -- "$0")")/../exhibit
case ${1-} in
  # A sub-command opens no page, so there is nothing for Chromium's sandbox to hold; as root it would not even start.
  inspect | import | again | query | count | facet | histogram | show | rejects | export | verify | info | identify | \
    time | help | --help | --version)
    exec "$program" --no-sandbox --log-level=3 "$@" ;;
esac
case "$(id -u) $* " in
  *" --no-sandbox "*) ;;
  "0 "*)
    echo "exhibit: the window does not open as root, where the sandbox around its page cannot work." >&2
    echo "Start it as another user, or use a sub-command: exhibit help" >&2
    exit 1 ;;
esac
if [ -z "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
  echo "exhibit: there is no display here (\$DISPLAY and \$WAYLAND_DISPLAY are empty), so no window can open." >&2
  echo "Use a sub-command: exhibit help" >&2
  exit 1
fi
exec "$program" "$@"
