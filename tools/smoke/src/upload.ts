/** An upload, as the metrics operator sends it (tools/documentation/facts/metrics-operator.md#upload). */
import { gatewayRoutes } from '@cost-onprem/contracts';
import { askJson, Refusal, type Ask, type Question } from './ask.ts';
import { operatorCommit, type Report } from './report.ts';

/** Where ingress takes uploads. */
export const uploadPath = `${gatewayRoutes.ingress.prefix}v1/upload`;

/** The content type of a report. Its parts name the service and the category. */
export const reportType = 'application/vnd.redhat.hccm.tar+tgz';

/** The request of an upload. */
export const uploadOf = async ({ clusterId, name, archive }: Omit<Report, 'reports'>): Promise<Question> => {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(archive)], { type: reportType }), name);
  const encoded = new Response(form);
  return {
    method: 'POST',
    path: uploadPath,
    headers: {
      'content-type': encoded.headers.get('content-type') ?? '',
      'user-agent': `cost-mgmt-operator/${operatorCommit} cluster/${clusterId}`,
    },
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
};

/**
 * Uploads a report.
 * @returns the identifier that ingress gave the upload, by which its logs and the object store know it
 * @throws Refusal for another status than 202
 */
export const upload = async (ask: Ask, report: Omit<Report, 'reports'>): Promise<string> => {
  const question = await uploadOf(report);
  const answer = await ask(question);
  if (answer.status !== 202) throw new Refusal(question, answer);
  const { request_id: id } = await askJson<{ readonly request_id?: string }>(
    () => Promise.resolve(answer),
    'POST',
    uploadPath,
    { expect: [202] },
  );
  return id ?? 'without an identifier';
};
