/** The verbs that fixes and rule summaries begin with. */

const verbs = new Set(
  `Add Allow Apply Ask Assign Avoid Begin Build Change Check Choose Clean Clear Close Combine Comment Configure Convert Copy
  Create Declare Define Delete Disable Do Download Drop Enable End Escape Export Expose Extract Fetch Fix Follow Format Give
  Group Ignore Include Inline Insert Install Join Keep Leave Limit List Lock Lowercase Make Mark Merge Mount Move Name Omit
  Order Pass Pin Precompile Prefer Provide Publish Pull Put Quote Rebuild Reference Remove Rename Reorder Repeat Replace Require Restore Restrict Run
  Send Separate Set Ship Silence Simplify Skip Sort Specify Split Start Stop Store Suppress Switch Turn Unpack Update Uppercase
  Use Verify Wrap Write`.split(/\s+/),
);

/** Whether a title begins like "Add `--no-cache`" or "Do not …". */
export function isImperative(title: string): boolean {
  return verbs.has(/^\w+/.exec(title)?.[0] ?? '');
}
