/** What a page needs to recognise an error; loaded when there is one. */
import { getKnownErrors } from "../../known-errors.ts";

export const GET = async (): Promise<Response> => Response.json(await getKnownErrors());
