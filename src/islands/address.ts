/** The address of a path of this site that starts with a slash, wherever the site stands. */
export const addressOf = (path: string): string => import.meta.env.BASE_URL.replace(/\/$/, "") + path;
