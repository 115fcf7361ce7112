/** Why this file exists: the part of the guest that brings `FormData`, also as the body of `fetch`. */
import { accessorGlobal } from '../../part-globals';
import { formBodies } from '../fetch/part';
import { FormData } from './form-data';
import { formOf, multipartOf } from './multipart';

formBodies.bodyOf = (given) => (given instanceof FormData ? multipartOf(given) : undefined);
formBodies.formOf = formOf;
accessorGlobal('FormData', FormData, { isNamed: false });
