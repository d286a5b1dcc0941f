/** Build tools that are also called by the script that a project carries, such as `./mvnw`. */
export const mavenLike = ['mvn', 'mvnw'] as const;
export const gradleLike = ['gradle', 'gradlew'] as const;
