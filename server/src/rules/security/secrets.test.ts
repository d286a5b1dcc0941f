import { testRule } from '../../../../test/test-rule.ts';

const base = 'FROM debian:trixie\n';
/** Assembled here so that secret scanners do not report the tests. */
const github = `ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8`;
const stripe = ['sk', 'live', '51HqLyjWDarjtT1zdp7dcQ9r'].join('_');

testRule('hardcoded-credential', {
  valid: [
    `${base}ENV K=AKIAIOSFODNN7EXAMPLE\n`,
    `${base}ENV K=ghp_${'x'.repeat(36)}\n`,
    `${base}RUN echo "-----BEGIN PRIVATE KEY-----\\n$KEY" > /key\n`,
    `${base}ENV K=ghp_short\n`,
    `${base}RUN echo AKIA\n`,
    `${base}RUN npm_config_cache=/tmp npm ci\n`,
  ],
  invalid: [
    { bad: `# «${github}»\n${base}` },
    { bad: `${base}RUN STRIPE=«${stripe}» ./setup\n` },
    {
      bad: `${base}COPY <<EOF /key\n«-----BEGIN RSA PRIVATE KEY-----»\n${'MIIEpAIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----\nEOF\n`,
    },
  ],
});

testRule('secret-file-copied', {
  valid: [
    `${base}COPY .npmrc package.json ./\n`,
    `${base}COPY .env.example /app/.env.example\n`,
    `${base}COPY vendor.key /etc/apt/keyrings/vendor.key\n`,
    `${base}COPY cosign.pub release.key /keys/\n`,
    `${base}COPY ca.pem fullchain.pem /etc/ssl/\n`,
    `${base}COPY --from=certs /server.key /server.key\n`,
    `${base}COPY keyboard.json /etc/\n`,
    `${base}COPY id_rsa.pub /etc/\n`,
    `${base}COPY known_hosts /root/.ssh/\n`,
  ],
  invalid: [
    { bad: `${base}COPY «id_rsa» /root/.ssh/id_rsa\n` },
    { bad: `${base}COPY app «.env» /app/\n` },
    { bad: `${base}COPY «ssh/» /root/.ssh/\n` },
    { bad: `${base}COPY «deploy» /root/.ssh/id_rsa\n` },
    { bad: `${base}COPY «.npmrc» /root/.npmrc\n` },
    { bad: `${base}ADD «.aws/credentials» /root/.aws/\n` },
    { bad: `${base}COPY «certs/tls.key» /etc/tls/\n` },
  ],
});

testRule('credential-in-layer', {
  valid: [
    `${base}RUN echo "$KEY" > ~/.ssh/id_rsa && git clone git@a:b && rm -rf ~/.ssh\n`,
    `${base}RUN echo "$KEY" > ~/.netrc && curl -n https://a.org && rm ~/.netrc\n`,
    `${base}RUN echo "registry=https://r.example.org" > .npmrc\n`,
    `${base}RUN --mount=type=tmpfs,target=/root/.ssh echo "$KEY" > /root/.ssh/id_rsa\n`,
    'FROM a:1 AS b\nRUN echo "$KEY" > ~/.netrc\nFROM c:1\nCOPY --from=b /x /x\n',
    `${base}RUN cat ~/.ssh/id_rsa.pub > /etc/keys\n`,
  ],
  invalid: [
    { bad: `${base}RUN echo $K | base64 -d > «/root/.ssh/id_rsa»\nRUN rm /root/.ssh/id_rsa\n` },
    { bad: `${base}RUN echo "machine a login b password $P" | tee «/root/.netrc»\n` },
    { bad: `${base}RUN echo "//r.org/:_authToken=$T" >> «.npmrc» && npm ci\n` },
  ],
});

testRule('ssh-folder-left', {
  valid: [
    `${base}RUN mkdir /root/.ssh && git clone git@a:b && rm -rf /root/.ssh\n`,
    `${base}RUN apt-get install -y openssh-server && mkdir /root/.ssh\n`,
    'FROM a:1 AS b\nRUN mkdir -p ~/.ssh\nFROM c:1\nCOPY --from=b /x /x\n',
    `${base}RUN --mount=type=tmpfs,target=/root/.ssh mkdir -p /root/.ssh\n`,
    `${base}RUN ls ~/.ssh\n`,
  ],
  invalid: [
    { bad: `${base}RUN mkdir -p «~/.ssh» && echo a > ~/.ssh/known_hosts\nRUN touch ~/.ssh/b\n` },
    { bad: `${base}RUN echo k > «/root/.ssh/config»\n` },
  ],
});

testRule('secret-in-command', {
  valid: [
    `${base}RUN git clone https://user@git.example.org/x\n`,
    `${base}RUN git clone https://ci:$TOKEN@git.example.org/x\n`,
    `${base}RUN curl -u admin:admin http://localhost:9200/\n`,
    `${base}RUN curl -u anonymous: https://a.org/\n`,
    `${base}RUN curl -u "$USER:$PASS" https://a.org/\n`,
    `${base}RUN --mount=type=secret,id=p docker login -u a -p "$(cat /run/secrets/p)"\n`,
    `${base}RUN npm config set registry https://r.example.org\n`,
    `${base}RUN mkdir -p /a && curl https://a.org/b:c@d\n`,
  ],
  invalid: [
    { bad: `${base}RUN git clone «https://ci:hunter2@git.example.org/x»\n` },
    { bad: `${base}RUN pip install --index-url «https://u:p4ss@pypi.example.org/simple» a\n` },
    { bad: `${base}RUN wget --user=ci --password=«s3cret» https://a.org/b\n` },
    { bad: `${base}RUN docker login -u ci -p «s3cret» registry.example.org\n` },
    { bad: `${base}RUN npm config set //registry.npmjs.org/:_authToken «abc-123»\n` },
  ],
});

testRule('password-in-layer', {
  valid: [
    `${base}RUN echo "app:$PASSWORD" | chpasswd\n`,
    `${base}RUN useradd -p '!' app\n`,
    `${base}RUN echo hello | cat\n`,
    `${base}RUN passwd -l root\n`,
  ],
  invalid: [
    { bad: `${base}RUN echo «'root:root'» | chpasswd\n` },
    { bad: `${base}RUN echo «secret» | passwd --stdin app\n` },
    { bad: `${base}RUN useradd -m -p «abc123» app\n` },
  ],
});

testRule('host-key-unchecked', {
  valid: [
    `${base}RUN ssh-keyscan github.com > /k && ssh-keygen -lf /k | grep SHA256:a\n`,
    `${base}RUN echo "StrictHostKeyChecking yes" >> /etc/ssh/ssh_config\n`,
  ],
  invalid: [
    {
      bad: `${base}RUN mkdir ~/.ssh && «ssh-keyscan -t rsa -H gitlab.com» >> ~/.ssh/known_hosts\n`,
      good: `${base}RUN mkdir ~/.ssh && echo 'gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf' >> ~/.ssh/known_hosts\n`,
    },
    { bad: `${base}RUN «ssh-keyscan git.example.org» >> /k\n` },
    { bad: `${base}RUN «ssh-keyscan github.com gitlab.com» >> /k\n` },
    { bad: `${base}RUN «GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"» git clone git@a:b\n` },
    { bad: `${base}ENV GIT_SSH_COMMAND=«"ssh -o StrictHostKeyChecking=no"»\n` },
  ],
});

testRule('passwordless-sudo', {
  valid: ['FROM a:1 AS b\nRUN echo "u ALL=(ALL) NOPASSWD: ALL" > /s\nFROM c:1\n'],
  invalid: [{ bad: `${base}RUN echo «"u ALL=(ALL) NOPASSWD:ALL"» >> /etc/sudoers\n` }],
});
