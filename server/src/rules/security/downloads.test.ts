import { testRule } from '../../../../test/test-rule.ts';

const base = 'FROM debian:trixie\n';

testRule('pipe-to-shell', {
  valid: [
    `${base}RUN curl -fsSL https://a.org/x | tar xz\n`,
    `${base}RUN curl -fsSL https://a.org/x | python3 -m json.tool\n`,
    `${base}RUN curl -fsSL https://a.org/x | bash script.sh\n`,
    `${base}RUN bash -c "x=$(curl https://a.org/x)"\n`,
    `${base}RUN V=$(curl https://a.org/version) && echo $V\n`,
    `${base}RUN echo "$(curl https://a.org)" > /a\n`,
  ],
  invalid: [
    { bad: `${base}RUN a && «curl https://a.org/i | sudo -E bash -» && b\n` },
    { bad: `${base}RUN «wget -qO- https://a.org/i | sed s/a/b/ | sh -s -- -y»\n` },
    { bad: `${base}RUN «bash -c "$(curl -fsSL https://a.org/i)"»\n` },
    { bad: `${base}RUN «eval "$(curl -fsSL https://a.org/i)"»\n` },
    { bad: `${base}RUN «curl -sSL https://a.org/get.py | python3 -»\n` },
  ],
});

testRule('plain-http', {
  valid: [
    `${base}RUN curl http://localhost:8080/x\n`,
    `${base}RUN wget http://mirror.corp/x http://10.0.0.1/y\n`,
    `${base}RUN wget http://a.org/x.tgz && echo "abc  x.tgz" | sha256sum -c -\n`,
    `${base}ADD --checksum=sha256:${'a'.repeat(64)} http://a.org/x /x\n`,
    `${base}RUN echo "deb http://deb.debian.org/debian trixie main" > /etc/apt/sources.list\n`,
  ],
  invalid: [
    {
      bad: `${base}RUN wget -q «"http://a.org/x.tgz"»\n`,
      good: `${base}RUN wget -q "https://a.org/x.tgz"\n`,
    },
    { bad: `${base}ADD «http://a.org/x» /x\n`, good: `${base}ADD https://a.org/x /x\n` },
  ],
});

testRule('add-without-checksum', {
  valid: [
    `${base}ADD https://github.com/a/b.git#v1 /x\n`,
    `${base}ADD https://api.github.com/repos/a/b/git/refs/heads/main /ref\n`,
    `${base}ADD https://a.org/x.tgz /\nRUN echo "abc x.tgz" | sha256sum -c -\n`,
    `${base}ADD a.tgz /\n`,
  ],
  invalid: [{ bad: `${base}ADD «https://a.org/v$V/x.tgz» /\n` }],
});

testRule('tls-verification-disabled', {
  valid: [
    `${base}RUN curl -fsSLO https://a.org/x\n`,
    `${base}RUN curl -k https://localhost/health\n`,
    `${base}RUN curl -kO https://a.org/x && echo "abc  x" | sha256sum -c\n`,
    `${base}RUN wget -q https://a.org/no-check\n`,
    `${base}ENV NODE_TLS_REJECT_UNAUTHORIZED=1\n`,
  ],
  invalid: [
    {
      bad: `${base}RUN curl «-skL» https://a.org/x\n`,
      good: `${base}RUN curl -sL https://a.org/x\n`,
    },
    {
      bad: `${base}RUN wget -q \\\n    «--no-check-certificate» \\\n    https://a.org/x\n`,
      good: `${base}RUN wget -q \\\n    https://a.org/x\n`,
    },
    { bad: `${base}RUN pip install «--trusted-host» pypi.org a\n` },
    { bad: `${base}RUN git config --global «http.sslVerify» false\n` },
    { bad: `${base}RUN git -c «http.sslVerify=false» clone https://a.org/b\n` },
    { bad: `${base}RUN npm config set «strict-ssl» false\n` },
    { bad: `${base}ENV «NODE_TLS_REJECT_UNAUTHORIZED=0»\n` },
    { bad: `${base}RUN «GIT_SSL_NO_VERIFY=1» git clone https://a.org/b\n` },
  ],
});

testRule('package-signature-disabled', {
  valid: [
    `${base}RUN apk add --allow-untrusted ./x.apk\n`,
    `${base}RUN apk index --allow-untrusted -o I *.apk\n`,
    `${base}RUN echo "deb [ trusted=yes ] file:///tmp ./" > /etc/apt/sources.list.d/a.list\n`,
    `${base}RUN dnf install -y --nogpgcheck /tmp/a.rpm\n`,
  ],
  invalid: [
    {
      bad: `${base}RUN yum install -y «--nogpgcheck» sbt\n`,
      good: `${base}RUN yum install -y sbt\n`,
    },
    { bad: `${base}RUN apt-get -y «--force-yes» install a\n` },
    {
      bad: `${base}RUN echo «"deb [trusted=yes] https://a.org x main"» > /etc/apt/sources.list.d/a\n`,
    },
    { bad: `${base}RUN apt-get -o «Acquire::AllowInsecureRepositories=true» update\n` },
  ],
});

testRule('apt-key', {
  valid: [`${base}RUN apt-key list\n`, `${base}RUN apt-key del ABC\n`],
  invalid: [
    {
      bad: `${base}RUN wget -qO- https://dl.google.com/key.pub | «apt-key add -»\n`,
      good: `${base}RUN wget -qO- https://dl.google.com/key.pub | tee /etc/apt/trusted.gpg.d/dl.google.com.asc > /dev/null\n`,
    },
    { bad: `${base}RUN «apt-key adv --keyserver a.org --recv-keys ABC»\n` },
    { bad: `${base}RUN «apt-key add /tmp/k»\n` },
  ],
});

testRule('gpg-short-key', {
  valid: [
    `${base}RUN gpg --recv-keys ${'0A1B2C3D'.repeat(5)}\n`,
    `${base}RUN gpg --recv-keys "$KEY"\n`,
    `${base}RUN gpg --import DEADBEEF\n`,
  ],
  invalid: [
    { bad: `${base}RUN gpg --keyserver a.org --recv-keys ${'0A1B2C3D'.repeat(5)} «0xDEADBEEF»\n` },
    { bad: `${base}RUN apt-key adv --keyserver a.org --recv-keys «DEADBEEF»\n` },
  ],
});

testRule('world-writable', {
  valid: [
    `${base}RUN chmod 1777 /data\n`,
    `${base}RUN mkdir -p /data && chmod 777 /data\n`,
    `${base}RUN chmod 775 /app && chmod +x /a && chmod u+w /b && chmod a+rX /c\n`,
    `${base}RUN chmod -R a+w "$CARGO_HOME"\n`,
    `${base}RUN chmod 777 /tmp\n`,
    `${base}COPY --chmod=755 a /a\n`,
  ],
  invalid: [
    {
      bad: `${base}RUN chmod «0777» -R /var/lib/x\n`,
      good: `${base}RUN chmod 0755 -R /var/lib/x\n`,
    },
    { bad: `${base}RUN chmod «a+w» /etc/passwd\n`, good: `${base}RUN chmod u+w /etc/passwd\n` },
    { bad: `${base}RUN chmod «u+x,o+w» /a\n` },
    { bad: `${base}RUN chmod «666» /a\n`, good: `${base}RUN chmod 644 /a\n` },
  ],
});
