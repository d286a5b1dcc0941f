/** Build tools, and the wrapper scripts of projects, such as `./mvnw`. */
export const mavenLike = ['mvn', 'mvnw'] as const;
export const gradleLike = ['gradle', 'gradlew'] as const;
