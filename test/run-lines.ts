/** `docker run` lines from the READMEs of popular images, by image. */
export const runLines: Readonly<Record<string, string>> = {
  postgres: String.raw`$ docker run -d \
    --name some-postgres \
    -e POSTGRES_PASSWORD=mysecretpassword \
    -e PGDATA=/var/lib/postgresql/data/pgdata \
    -v /custom/mount:/var/lib/postgresql/data \
    postgres`,
  redis: 'docker run --name some-redis -d redis redis-server --save 60 1 --loglevel warning',
  nginx:
    'docker run --name mynginx --mount type=bind,source="$(pwd)/www",target=/usr/share/nginx/html,readonly --mount type=bind,source=./conf,target=/etc/nginx/conf.d,readonly -p 80:80 -d nginx',
  jupyter:
    'docker run -it --rm --gpus all -p 10000:8888 -v "${PWD}":/home/jovyan/work quay.io/jupyter/tensorflow-notebook:2024-10-07 start-notebook.py --IdentityProvider.token=my-token',
  grafana:
    'docker run -d --name=grafana -p 3000:3000 --user "$(id -u)" --volume "$PWD/data:/var/lib/grafana" -e "GF_INSTALL_PLUGINS=https://a.example/x.zip;custom, grafana-clock-panel" grafana/grafana-enterprise',
  portainer:
    'docker run -d -p 8000:8000 -p 9443:9443 --name portainer --restart=always -v /var/run/docker.sock:/var/run/docker.sock -v portainer_data:/data portainer/portainer-ce:lts',
  minio: String.raw`docker run \
   -p 9000:9000 \
   -p 9001:9001 \
   --name minio \
   -v ~/minio/data:/data \
   -e "MINIO_ROOT_USER=ROOTNAME" \
   -e "MINIO_ROOT_PASSWORD=CHANGEME123" \
   quay.io/minio/minio server /data --console-address ":9001"`,
  elasticsearch:
    'sudo docker run --name es01 --net elastic -p 127.0.0.1:9200:9200 -it -m 1GB -e discovery.type=single-node --ulimit memlock=-1:-1 --ulimit nofile=65535 docker.elastic.co/elasticsearch/elasticsearch:8.15.2',
  mysql:
    'docker run --name some-mysql -v /my/custom:/etc/mysql/conf.d:ro -e MYSQL_ROOT_PASSWORD=my-secret-pw -d mysql:8 --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci',
  mongo:
    'docker run -d --network some-network --network-alias db --hostname mongo --name some-mongo --health-cmd \'mongosh --quiet --eval "db.runCommand({ ping: 1 })"\' --health-interval=10s --health-retries 5 -e MONGO_INITDB_ROOT_USERNAME=mongoadmin mongo',
  traefik:
    "docker run -d -p 8080:8080 -p 80:80 -p 443:443/udp -v $PWD/traefik.yml:/etc/traefik/traefik.yml -l 'traefik.http.routers.dash.rule=Host(`traefik.localhost`)' --label-file=./labels traefik:v3.1",
  gitlab: String.raw`sudo docker run --detach \
  --hostname gitlab.example.com \
  --env GITLAB_OMNIBUS_CONFIG="external_url 'http://gitlab.example.com'; gitlab_rails['lfs_enabled'] = true;" \
  --publish 443:443 --publish 80:80 --publish 22:22 \
  --name gitlab \
  --restart always \
  --volume $GITLAB_HOME/config:/etc/gitlab \
  --volume $GITLAB_HOME/logs:/var/log/gitlab:Z \
  --shm-size 256m \
  gitlab/gitlab-ee:17.4.0-ee.0`,
  pihole: String.raw`docker run -itd --name pihole -p 53:53/tcp -p 53:53/udp -p 8053:80/tcp \
    -e TZ=Europe/London --dns=127.0.0.1 --dns 1.1.1.1 --cap-add=NET_ADMIN --cap-add SYS_TIME \
    --restart=unless-stopped --add-host=host.docker.internal:host-gateway --sysctl net.ipv4.ip_forward=1 pihole/pihole:latest`,
  plex: String.raw`docker run -d --name plex --network=host -e PLEX_UID=1000 -e ADVERTISE_IP="http://10.0.0.2:32400/" \
    -h PLEX --device=/dev/null:/dev/dri:rw --tmpfs /transcode:rw,size=1g --init --stop-timeout=30 -v /srv/media:/data:ro plexinc/pms-docker`,
  prometheus:
    'docker run -p 9090:9090 -v ./prometheus.yml:/etc/prometheus/prometheus.yml:ro -v prometheus-data:/prometheus --read-only --pids-limit 200 --cpus=1.5 --memory-reservation=256m prom/prometheus',
  registry:
    'docker run -d -p 5000:5000 --restart on-failure:5 --name registry -v /mnt/registry:/var/lib/registry --log-driver json-file --log-opt max-size=10m --security-opt no-new-privileges registry:2',
  vaultwarden:
    "docker run -d --name vaultwarden --env DOMAIN='https://vw.domain.tld' -v /vw-data/:/data/ --restart unless-stopped -p 127.0.0.1:8000:80 --cap-drop ALL vaultwarden/server:latest",
  'code-server': String.raw`docker run -it --name code-server -p 127.0.0.1:8080:8080 \
  -v "$HOME/.local:/home/coder/.local" -v "$PWD:/home/coder/project" -u "$(id -u):$(id -g)" -e "DOCKER_USER=$USER" -w /home/coder/project codercom/code-server:latest`,
  cuda: `docker run --rm --gpus '"device=0,2"' --ipc=host --ulimit stack=67108864 --entrypoint nvidia-smi nvidia/cuda:12.4.1-base-ubuntu22.04 -L`,
  ubuntu: 'docker run -it --rm ubuntu bash',
};

/** The directory, the variables and the user for these lines. */
export const runPlace = {
  folder: '/home/me/project',
  variables: { HOME: '/home/me', USER: 'me', GITLAB_HOME: '/srv/gitlab' },
  uid: 1000,
  gid: 1001,
};
