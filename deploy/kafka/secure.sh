# Sourced by kafka.sh: certificates, users and the TLS listener. Everything is made anew for one directory.
# Users: admin (may do everything) and one per service; their passwords are in $DIR/secrets/<user>.password.
USERS=(admin newsmon-provision newsmon-feeder newsmon-worker newsmon-reader)

signed() { # name, subject: a key and a certificate of our own authority
  local dir="$DIR/secrets"
  openssl req -newkey rsa:2048 -nodes -keyout "$dir/$1.key" -subj "/CN=$2" -out "$dir/$1.csr" 2>/dev/null
  openssl x509 -req -in "$dir/$1.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo 'subjectAltName=DNS:localhost,IP:127.0.0.1') -out "$dir/$1.pem" 2>/dev/null
}

certificates() {
  local dir="$DIR/secrets" user
  [ -e "$dir/broker-store.pem" ] && return
  (
    umask 077
    mkdir -p "$dir"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/ca.key" -subj /CN=newsmon-test-authority -days 30 \
      -out "$dir/ca.pem" 2>/dev/null
    signed broker localhost
    signed client newsmon-client
    for user in "${USERS[@]}"; do head -c 18 /dev/urandom | base64 | tr '+/' 'Ab' | tr -d '\n' >"$dir/$user.password"; done
    cat "$dir/broker.key" "$dir/broker.pem" >"$dir/broker-store.pem"
  )
}

scram_options() {
  local user mechanism
  for user in "${USERS[@]}"; do
    for mechanism in SCRAM-SHA-256 SCRAM-SHA-512; do
      printf '%s\n' --add-scram "$mechanism=[name=$user,password=$(cat "$DIR/secrets/$user.password")]"
    done
  done
}

plain_users() {
  local user
  for user in "${USERS[@]}"; do printf ' user_%s="%s"' "$user" "$(cat "$DIR/secrets/$user.password")"; done
}

secure_properties() { # node, plain port, controller port
  local secure module=org.apache.kafka.common.security
  secure=$(port "$1" 2)
  cat <<CONF
listeners=PLAINTEXT://127.0.0.1:$2,CONTROLLER://127.0.0.1:$3,SECURE://127.0.0.1:$secure
advertised.listeners=PLAINTEXT://127.0.0.1:$2,SECURE://127.0.0.1:$secure
ssl.keystore.type=PEM
ssl.keystore.location=$DIR/secrets/broker-store.pem
ssl.truststore.type=PEM
ssl.truststore.location=$DIR/secrets/ca.pem
listener.name.secure.ssl.client.auth=requested
sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN
listener.name.secure.scram-sha-512.sasl.jaas.config=$module.scram.ScramLoginModule required;
listener.name.secure.scram-sha-256.sasl.jaas.config=$module.scram.ScramLoginModule required;
listener.name.secure.plain.sasl.jaas.config=$module.plain.PlainLoginModule required$(plain_users);
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin;User:ANONYMOUS
CONF
}
