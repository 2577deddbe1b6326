# Sourced after lib.sh by the tests over ssh: an sshd of the test's own on loopback, with its own port, keys and
# settings, and Unix users that go at the end. Without root, sshd or useradd the test says so and is done.
if [ "$(id -u)" != 0 ] || [ ! -x /usr/sbin/sshd ] || ! command -v useradd >/dev/null || ! command -v ssh >/dev/null; then
	echo "ok - skipped: this needs root, sshd, ssh and useradd"
	exit 0
fi
users= sshd_pid=
chmod 755 "$tmp"
mkdir -p "$tmp/bin" "$tmp/ssh" "$tmp/homes" /run/sshd
cp "$debrief" "$tmp/bin/debrief"
chmod 755 "$tmp/bin" "$tmp/bin/debrief" "$tmp/homes"
# Locks name the copy's hosts too.
lib_debrief=$debrief
debrief=$tmp/bin/debrief

stop_ssh() {
	tmux -S "$tmp/tmux" kill-server 2>/dev/null
	[ -n "$sshd_pid" ] && kill "$sshd_pid" 2>/dev/null
	for user in $users; do
		uid=$(id -u "$user")
		# What is left of the connections and hosts of a user of ours, by number.
		for dir in $(find /proc -maxdepth 1 -name '[0-9]*' -uid "$uid" 2>/dev/null); do
			kill -9 "${dir#/proc/}" 2>/dev/null
		done
		# Not while a process of it is on its way out.
		tries=0
		until userdel "$user" 2>/dev/null || ! id "$user" >/dev/null 2>&1 || [ $tries = 100 ]; do
			tries=$((tries + 1))
			sleep 0.05
		done
		rm -rf "/tmp/debrief-$uid"
	done
	finish
}
trap stop_ssh EXIT

# user NAME: a Unix user with an own home and group; its login is in $user
user() {
	user=dbt$1$$
	useradd -M -d "$tmp/homes/$user" -s /bin/bash -p '*' "$user" || exit 1
	users="$users $user"
	mkdir -p "$tmp/homes/$user/.ssh"
	printf '[user]\n\tname = %s\n\temail = %s@example.org\n' "$1" "$1" >"$tmp/homes/$user/.gitconfig"
	: >"$tmp/homes/$user/.ssh/authorized_keys"
	chown -R "$user" "$tmp/homes/$user"
	chmod 700 "$tmp/homes/$user" "$tmp/homes/$user/.ssh"
}

# key NAME: a new one, $tmp/ssh/NAME and NAME.pub
key() { ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$tmp/ssh/$1"; }

# allow USER KEY [COMMAND]: a line of authorized_keys
allow() {
	if [ $# -gt 2 ]; then
		echo "command=\"$3\",restrict,pty $(cat "$tmp/ssh/$2.pub")"
	else
		cat "$tmp/ssh/$2.pub"
	fi >>"$tmp/homes/$1/.ssh/authorized_keys"
}

# as USER COMMAND...: on this machine, in a login of that user
as() {
	who=$1
	shift
	(cd "$tmp/homes/$who" && setpriv --reuid "$who" --regid "$who" --init-groups env -i HOME="$tmp/homes/$who" USER="$who" LOGNAME="$who" \
		PATH="$tmp/bin:/usr/bin:/bin" TERM=xterm-256color LC_ALL=C.UTF-8 LSAN_OPTIONS="$LSAN_OPTIONS" "$@")
}

start_sshd() {
	key host
	port=$((20000 + $$ % 20000))
	for i in 1 2 3 4 5; do
		cat >"$tmp/ssh/sshd_config" <<-END
			Port $port
			ListenAddress 127.0.0.1
			HostKey $tmp/ssh/host
			PidFile $tmp/ssh/pid
			UsePAM no
			StrictModes no
			PasswordAuthentication no
			KbdInteractiveAuthentication no
			MaxStartups 100
			Subsystem sftp internal-sftp
			SetEnv PATH=$tmp/bin:/usr/bin:/bin LC_ALL=C.UTF-8 LSAN_OPTIONS=$LSAN_OPTIONS
		END
		/usr/sbin/sshd -D -e -f "$tmp/ssh/sshd_config" 2>"$tmp/ssh/log" &
		sshd_pid=$!
		wait_for sh -c "grep -q 'listening on' '$tmp/ssh/log' || ! kill -0 $sshd_pid" && kill -0 $sshd_pid 2>/dev/null && return
		port=$((port + 1))
	done
	wrong "sshd starts" "$(cat "$tmp/ssh/log")"
	exit 1
}

# settings KEY: of an ssh client that comes with this key alone, in $tmp/ssh/KEY.config; knows the machine as "hq"
settings() {
	printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$tmp/ssh/host.pub")" >"$tmp/ssh/known"
	cat >"$tmp/ssh/$1.config" <<-END
		Host hq
		  HostName 127.0.0.1
		  Port $port
		  IdentityFile $tmp/ssh/$1
		  IdentitiesOnly yes
		  IdentityAgent none
		  UserKnownHostsFile $tmp/ssh/known
		  GlobalKnownHostsFile /dev/null
		  HostKeyAlias [127.0.0.1]:$port
		  LogLevel ERROR
	END
}

# over KEY SSH_WORDS...: ssh with those settings
over() {
	with=$1
	shift
	ssh -F "$tmp/ssh/$with.config" "$@"
}
