/** Who asks. The gateway trusts the identity of a client that has the token, until there is sign-in. */

/** The organisation whose data a request reads and changes. */
export interface Organisation {
  readonly id: string;
  /** The account number, an older name of the same organisation. */
  readonly account: string;
}

/** An organisation of its own, so that a smoke test never changes the reports that people read. */
export const testOrganisation: Organisation = { id: '9999999', account: '9999999' };

/**
 * The value of the header X-Rh-Identity: an administrator, because he needs no RBAC service
 * (tools/documentation/facts/koku.md#organisation-administrators).
 */
export const identityOf = ({ id, account }: Organisation, username: string): string =>
  Buffer.from(
    JSON.stringify({
      identity: {
        account_number: account,
        org_id: id,
        type: 'User',
        user: { username, email: `${username}@example.com`, is_org_admin: true },
      },
      entitlements: { cost_management: { is_entitled: true } },
    }),
  ).toString('base64');
