/** The environment variables that well-known base images set, besides PATH. */

const java = ['JAVA_HOME', 'JAVA_VERSION'];

/** By the name of the image; those that Dockerfiles use most come first. */
export const imageVariables: Readonly<Record<string, readonly string[]>> = {
  amazoncorretto: ['JAVA_HOME'],
  'eclipse-temurin': java,
  golang: ['GOPATH', 'GOLANG_VERSION', 'GOTOOLCHAIN'],
  gradle: ['GRADLE_HOME', 'GRADLE_VERSION', 'JAVA_HOME'],
  httpd: ['HTTPD_PREFIX', 'HTTPD_VERSION'],
  mariadb: ['MARIADB_VERSION'],
  maven: ['MAVEN_HOME', 'MAVEN_CONFIG', 'JAVA_HOME'],
  mongo: ['MONGO_MAJOR', 'MONGO_VERSION'],
  mysql: ['MYSQL_MAJOR', 'MYSQL_VERSION'],
  nginx: ['NGINX_VERSION', 'NJS_VERSION', 'PKG_RELEASE'],
  node: ['NODE_VERSION', 'YARN_VERSION'],
  'nvidia/cuda': ['CUDA_VERSION', 'LD_LIBRARY_PATH', 'NVIDIA_VISIBLE_DEVICES'],
  openjdk: java,
  php: ['PHP_INI_DIR', 'PHP_VERSION', 'PHPIZE_DEPS', 'PHP_CFLAGS', 'PHP_LDFLAGS'],
  postgres: ['PGDATA', 'PG_MAJOR', 'PG_VERSION'],
  python: ['PYTHON_VERSION', 'PYTHON_SHA256'],
  ruby: ['GEM_HOME', 'RUBY_VERSION', 'BUNDLE_APP_CONFIG'],
  rust: ['CARGO_HOME', 'RUSTUP_HOME', 'RUST_VERSION'],
  tomcat: ['CATALINA_HOME', 'TOMCAT_VERSION', 'JAVA_HOME'],
};
